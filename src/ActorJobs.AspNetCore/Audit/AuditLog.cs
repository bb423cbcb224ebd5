using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>The audit log in the node's store: an entity per entry, spread over all shards, so that no entry waits for another.</summary>
internal sealed class AuditLog(IEntityClient entities, IEntityStore store, NodeStatus node, IOptions<AuditOptions> options, TimeProvider time) : IAuditLog
{
    /// <summary>Between two looks at how many there are.</summary>
    private const int TrimEvery = 100;

    private const int MaxTrimmed = 1000;

    // counts entries written by this node, with interlocked operations
    private int written;

    public async ValueTask BeginAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        await entities.AskAsync<AuditReply>(
            KeyOf(entry), new BeginAudit(entry, entry.At + options.Value.Retention), cancellationToken: cancellationToken);
        if (Interlocked.Increment(ref written) % TrimEvery == 0)
            await TrimAsync(cancellationToken);
    }

    public async ValueTask EndAsync(AuditEntry entry, CancellationToken cancellationToken = default) =>
        await entities.AskAsync<AuditReply>(
            KeyOf(entry), new EndAudit(entry.Outcome, entry.Reason, entry.Details, entry.Problem), cancellationToken: cancellationToken);

    public async ValueTask<AuditPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        var entries = await ReadAsync(AuditCursor.Parse(cursor), limit + 1, isDescending: true, cancellationToken);
        var shown = entries.Take(limit).ToArray();
        var stored = await store.ReadAsync([.. shown.Select(entry => entry.Key)], cancellationToken);
        var now = time.GetUtcNow();
        return new AuditPage(
            [.. stored.OfType<StoredEntity>().Select(StateOf).Where(state => state.DeleteAt > now).Select(state => state.Entry!)],
            entries.Count > limit ? AuditCursor.Format(shown[^1]) : null);
    }

    /// <summary>Lets the oldest go when there are too many. A burst of more than one look's worth is caught up with by the next looks.</summary>
    private async ValueTask TrimAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(AuditDecider.Index, cancellationToken);
        var surplus = counts.GetValueOrDefault(AuditDecider.Index) - options.Value.MaxEntries;
        if (surplus <= 0)
            return;
        var oldest = await ReadAsync(null, (int)Math.Min(surplus, MaxTrimmed), isDescending: false, cancellationToken);
        await Task.WhenAll(oldest.Select(entry =>
            entities.AskAsync<AuditReply>(entry.Key, new ForgetAudit(), cancellationToken: cancellationToken).AsTask()));
    }

    private ValueTask<IReadOnlyList<StoredEntry>> ReadAsync(IndexPosition? after, int limit, bool isDescending, CancellationToken cancellationToken) =>
        MergedIndex.ReadAsync(store, node.Shards, new MergedQuery([AuditDecider.Index], limit) { After = after, Descending = isDescending }, cancellationToken);

    private static AuditState StateOf(StoredEntity stored) => AuditDecider.Codec.DecodeState(stored.State.Data);

    private static EntityKey KeyOf(AuditEntry entry) => new(AuditDecider.Kind, entry.Id);
}
