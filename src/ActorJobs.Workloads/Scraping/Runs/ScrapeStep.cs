using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>The steps of a company, in their order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScrapeStep>))]
public enum ScrapeStep
{
    /// <summary>Fetches the pages.</summary>
    Fetch = 1,

    /// <summary>Reads postings from them.</summary>
    Parse,

    /// <summary>Adds what the pages do not state.</summary>
    Enrich,

    /// <summary>Stores the postings.</summary>
    Persist,
}

/// <summary>How far a company's chain is when a step is so far.</summary>
internal static class ChainProgress
{
    /// <summary>Fetch is the first 30 %, parsing goes to 60 %, enrichment to 90 %; without enrichment parsing goes to 90 %.</summary>
    public static double At(ScrapeStep? step, double progress, bool enriches)
    {
        var (from, to) = step switch
        {
            ScrapeStep.Fetch => (0.0, 0.3),
            ScrapeStep.Parse => (0.3, enriches ? 0.6 : 0.9),
            ScrapeStep.Enrich => (0.6, 0.9),
            ScrapeStep.Persist => (0.9, 1.0),
            _ => (0.0, 0.0),
        };
        return Math.Round(from + ((to - from) * Math.Clamp(progress, 0, 1)), 3);
    }
}
