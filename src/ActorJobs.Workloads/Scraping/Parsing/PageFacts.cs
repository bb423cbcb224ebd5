namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Where a posting was read, whatever the page's form.</summary>
/// <param name="Url">The page.</param>
/// <param name="Canonical">The address a posting has that names none of its own.</param>
/// <param name="Language">The language of a posting that names none of its own.</param>
internal sealed record PageFacts(Uri Url, Uri Canonical, string? Language);
