using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Scraping.Runs;

/// <summary>How scrapes are stored. The state of a big one is hundreds of kilobytes and changes by one company: it is stored now and then, its events each time.</summary>
internal static class ScrapeEntity
{
    public const string Kind = "scrape";

    public static JsonEntityCodec<ScrapeState, ScrapeEvent> Codec { get; } = new(Kind, ScrapeJsonContext.Default.Options);

    /// <summary>The scrape's id is that of its job, so both lie on one shard.</summary>
    public static EntityKey Key(string id) => new(Kind, id);

    public static EntityKind<ScrapeState, ScrapeCommand, ScrapeEvent> Define(RunSignals? signals = null) => new(Kind, new ScrapeDecider(), Codec)
    {
        StoresStateSparsely = true,
        Replies = [typeof(ScrapeAnswer)],
        Observer = signals is null ? null : _ => new ScrapeObserver(signals),
    };

    /// <summary>Wakes the watchers on the node that owns the scrape.</summary>
    private sealed class ScrapeObserver(RunSignals signals) : IEntityObserver<ScrapeState>
    {
        public void Changed(EntityKey key, ScrapeState before, ScrapeState after) => signals.Raise(key.Id);

        public void TurnEnded()
        {
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ScrapeState))]
[JsonSerializable(typeof(ScrapeBegan))]
[JsonSerializable(typeof(JobsNoted))]
[JsonSerializable(typeof(CompanyAdvanced))]
[JsonSerializable(typeof(ScrapeCancelled))]
[JsonSerializable(typeof(ScrapeCleared))]
internal sealed partial class ScrapeJsonContext : JsonSerializerContext;
