using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>
/// Enriches by a language model. The same text is asked about once; an answer that is of no use twice is replaced by the rules', and each result says whose it is.
/// </summary>
internal sealed class ModelEnricher(ModelOptions options, ModelClient client, RuleEnricher rules, ScrapingDatabase database, ScrapingOptions limits, TimeProvider time)
    : IPostingEnricher
{
    private const int Tries = 2;

    public string Name => options.Name;

    public async ValueTask<PostingEnrichment> EnrichAsync(Posting posting, CancellationToken cancellationToken)
    {
        var key = ModelPrompt.CacheKey(options, posting);
        if (database.Write(connection => EnrichmentTable.Use(connection, key, time.GetUtcNow())) is { } kept)
            return kept with { Usage = TokenUsage.None, IsFromCache = true };

        var usage = TokenUsage.None;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var (enrichment, used) = ModelAnswer.Read(await client.CompleteAsync(ModelPrompt.Request(options, posting), cancellationToken), Name);
            usage += used;
            if (enrichment is null)
                continue;
            enrichment = enrichment with { Usage = usage };
            database.Write(connection => EnrichmentTable.Save(connection, key, enrichment, limits.MaxStoredEnrichments, time.GetUtcNow()));
            return enrichment;
        }

        return (await rules.EnrichAsync(posting, cancellationToken)) with { Usage = usage, Instead = $"{Name} gave no usable answer" };
    }
}
