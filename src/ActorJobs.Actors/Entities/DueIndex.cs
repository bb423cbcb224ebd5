namespace ActorJobs.Actors.Entities;

/// <summary>The index of times at which entities must be woken or deleted; sorted by Unix milliseconds.</summary>
internal static class DueIndex
{
    public const string Name = "due";

    public const string Wake = "w";

    public const string Delete = "d";

    public static (long At, string Action)? Of(Intents intents) =>
        intents.DeleteAt is { } delete ? (Ceiling(delete), Delete)
        : intents.WakeAt is { } wake ? (Ceiling(wake), Wake)
        : null;

    /// <summary>All entries of an entity: its own, its due time, and its place among those that have messages to send.</summary>
    public static IReadOnlyList<IndexEntry> EntriesOf(Intents intents)
    {
        var entries = Of(intents) is { } due ? [.. intents.Entries, new IndexEntry(Name, due.At, due.Action)] : intents.Entries;
        return intents.Outbox.Count == 0 ? entries : [.. entries, new IndexEntry(Outbox.Index, 0)];
    }

    // rounded up: when the entry is due, so is the entity
    private static long Ceiling(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + 9_999) / 10_000;
}
