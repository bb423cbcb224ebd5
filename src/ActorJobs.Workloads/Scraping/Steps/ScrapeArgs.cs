namespace ActorJobs.Workloads.Scraping;

/// <summary>The arguments of <c>scraping.run</c>.</summary>
/// <param name="Companies">Where the crawls begin, one URL each.</param>
/// <param name="Enrich">Whether postings are enriched.</param>
/// <param name="User">For whom; becomes the tenant of the jobs.</param>
internal sealed record ScrapeRunArgs(IReadOnlyList<string> Companies, bool Enrich = false, string? User = null);

/// <summary>The arguments of a company's steps: what they work on lies in the store.</summary>
internal sealed record CompanyArgs(string RunId, string Company, bool Enrich);

/// <summary>The result of <c>scraping.run</c>.</summary>
internal sealed record RunSubmitted(int Companies);

/// <summary>The result of a step.</summary>
/// <param name="Company">The start URL.</param>
/// <param name="Count">Pages fetched, or postings parsed, enriched or stored.</param>
/// <param name="Message">What was done.</param>
internal sealed record StepResult(string Company, int Count, string Message);
