namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>
/// What a scrape keeps at most of what its steps say, so that with the largest number of companies its state stays well below the 4 MB of an entity.
/// </summary>
internal static class ScrapeBounds
{
    /// <summary>The most companies a deployer may allow in one scrape; the scrape itself arrives as the arguments of a job, at most 1 MiB.</summary>
    public const int MaxCompanies = 2_000;

    public const int MaxErrorsOfCompany = 50;
    public const int MaxErrors = 2_000;
    private const int MaxText = 300;

    /// <summary>A text a page or a server had a part in, cut to what is kept.</summary>
    public static string Cut(string text) => text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, MaxText), "…");

    public static RunError Cut(RunError error) => new(Cut(error.Where), Cut(error.Problem));
}
