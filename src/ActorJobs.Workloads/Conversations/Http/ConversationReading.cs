using System.Globalization;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Reads conversations straight from the store: no owner is asked, any node can answer.</summary>
internal sealed class ConversationReading(IEntityStore store, ActorJobsOptions node)
{
    private const int MaxExamined = 5_000;

    private static readonly ConversationStage[] Stages = Enum.GetValues<ConversationStage>();

    /// <summary>A conversation as it is, or null when there is none.</summary>
    public async Task<StoredConversation?> FindAsync(ConversationId id, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync([ConversationDecider.Key(id)], cancellationToken);
        return stored[0] is { } entity ? new(id, entity.Version, ConversationCodec.StateOf(entity)) : null;
    }

    /// <summary>Part of a conversation's history, oldest first.</summary>
    public async Task<IReadOnlyList<StoredConversationEvent>> HistoryAsync(ConversationId id, long after, int limit, CancellationToken cancellationToken) =>
        [.. (await store.ReadHistoryAsync(ConversationDecider.Key(id), after, limit, cancellationToken))
            .Select(stored => new StoredConversationEvent(stored.Version, stored.Event.Type, ConversationCodec.EventOf(stored)))];

    /// <summary>How many conversations are in each stage.</summary>
    public async Task<IReadOnlyDictionary<ConversationStage, long>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(ConversationIndex.Stages, cancellationToken);
        return Stages.ToDictionary(stage => stage, stage => counts.GetValueOrDefault(ConversationIndex.Of(stage)));
    }

    /// <summary>
    /// Conversations, the latest first. A search looks at the numbers and names in the lists themselves, of which one page examines a bounded number.
    /// </summary>
    public async Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken)
    {
        string[] indexes = [.. (query.Stage is { } only ? [only] : Stages).Select(ConversationIndex.Of)];
        var found = new List<StoredEntry>();
        var after = query.After;
        var examined = 0;
        while (found.Count < query.Limit && examined < MaxExamined)
        {
            var page = await MergedIndex.ReadAsync(
                store, node.Shards, new MergedQuery(indexes, query.Limit) { After = after, Descending = true }, cancellationToken);
            if (page.Count == 0)
            {
                after = null;
                break;
            }

            foreach (var entry in page)
            {
                after = new IndexPosition(entry.Sort, entry.Key);
                examined++;
                if (IsWanted(entry, query.Search))
                    found.Add(entry);
                if (found.Count == query.Limit)
                    break;
            }
        }

        var entities = await store.ReadAsync([.. found.Select(entry => entry.Key)], cancellationToken);
        var items = entities.OfType<StoredEntity>()
            .Select(entity => ConversationId.TryParse(entity.Key.Id, out var id) ? new StoredConversation(id, entity.Version, ConversationCodec.StateOf(entity)) : null);
        return new([.. items.OfType<StoredConversation>()], after);
    }

    private static bool IsWanted(StoredEntry entry, string? search) => string.IsNullOrWhiteSpace(search)
        || entry.Key.Id.Contains(search, StringComparison.Ordinal)
        || (entry.Value is { } name && FoldedText.Fold(name).Contains(FoldedText.Fold(search), StringComparison.Ordinal));
}

/// <summary>Which conversations, and from where on.</summary>
internal sealed record ConversationQuery(ConversationStage? Stage, string? Search, IndexPosition? After, int Limit);

/// <summary>A part of a list, and where the next part begins; null at the end.</summary>
internal sealed record ConversationPage(IReadOnlyList<StoredConversation> Items, IndexPosition? Next);

/// <summary>A conversation as stored.</summary>
public sealed record StoredConversation(ConversationId Id, long Version, ConversationState State);

/// <summary>An event of a conversation with its place in the history.</summary>
public sealed record StoredConversationEvent(long Version, string Type, ConversationEvent Event);

/// <summary>A place in the list of conversations as callers get and give it.</summary>
internal static class ConversationCursor
{
    public static string? Write(IndexPosition? position) =>
        position is { } place ? string.Create(CultureInfo.InvariantCulture, $"{place.Sort}-{place.Key.Id}") : null;

    public static bool TryRead(string? text, out IndexPosition? position)
    {
        position = null;
        if (string.IsNullOrEmpty(text))
            return true;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var sort)
            || !ConversationId.TryParse(text[(dash + 1)..], out var id))
            return false;
        position = new IndexPosition(sort, ConversationDecider.Key(id));
        return true;
    }
}
