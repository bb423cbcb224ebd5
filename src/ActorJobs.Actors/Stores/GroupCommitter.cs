using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Stores;

/// <summary>
/// Collects the writes of all shards while one group is under way, then sends what has come as the next. An idle store is written to at once;
/// a busy one gets larger groups. A group whose outcome is unknown is settled by raising its shards' epochs, so that it cannot come in any more, and by
/// reading back; never by guessing.
/// </summary>
internal sealed class GroupCommitter(EntityHostContext host) : Actor<CommitterMessage>
{
    private const int MaxGroupWrites = 8192;
    private const int MaxGroupBytes = 16 << 20;

    private readonly Queue<WriteBatch> waiting = new();
    private readonly Dictionary<int, Fence> fences = []; // by shard; touched by the one who writes or settles, of which there is one at a time
    private List<WriteBatch> group = [];
    private bool isWriting;
    private int failures;

    protected internal override ValueTask ReceiveAsync(CommitterMessage message, ActorContext<CommitterMessage> context)
    {
        switch (message)
        {
            case CommitterMessage.Write(var batch):
                waiting.Enqueue(batch);
                break;
            case CommitterMessage.Written(var results):
                Distribute(results);
                break;
            case CommitterMessage.Failed(var error):
                NoteFailure(error, context);
                break;
            case CommitterMessage.Settle:
                context.PipeToSelf(SettleAsync(), results => new CommitterMessage.Written(results), error => new CommitterMessage.Failed(error));
                break;
        }

        return default;
    }

    protected internal override ValueTask TurnEndedAsync(ActorContext<CommitterMessage> context)
    {
        if (isWriting || waiting.Count == 0)
            return default;
        isWriting = true;
        TakeGroup();
        context.PipeToSelf(WriteAsync(Flatten()), results => new CommitterMessage.Written(results), error => new CommitterMessage.Failed(error));
        return default;
    }

    private void TakeGroup()
    {
        group = [];
        var (writes, bytes) = (0, 0);
        while (waiting.TryPeek(out var batch) && (group.Count == 0 || (writes + batch.Writes.Count <= MaxGroupWrites && bytes <= MaxGroupBytes)))
        {
            group.Add(waiting.Dequeue());
            writes += batch.Writes.Count;
            foreach (var write in batch.Writes)
                bytes += write.Size;
        }
    }

    private List<EntityWrite> Flatten()
    {
        var writes = group.Count == 1 ? group[0].Writes : [.. group.SelectMany(batch => batch.Writes)];
        return fences.Count == 0 ? writes : [.. writes.Select(write => EpochOf(write) is var epoch && epoch != write.Epoch ? write with { Epoch = epoch } : write)];
    }

    // shards go on naming the epoch they were acquired with
    private long EpochOf(EntityWrite write) =>
        fences.TryGetValue(write.Shard, out var fence) && fence.Acquired == write.Epoch ? fence.Raised : write.Epoch;

    private async ValueTask<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<EntityWrite> writes)
    {
        using var deadline = new CancellationTokenSource(host.Options.StoreDeadline, host.System.Time);
        return await host.Store.WriteAsync(writes, deadline.Token).ConfigureAwait(false);
    }

    private void Distribute(IReadOnlyList<WriteResult> results)
    {
        host.Health.Recovered();
        failures = 0;
        isWriting = false;
        var all = results as WriteResult[] ?? [.. results];
        var offset = 0;
        foreach (var batch in group)
        {
            batch.From.Tell(new ShardMessage.Written(batch, all.AsMemory(offset, batch.Writes.Count)));
            offset += batch.Writes.Count;
        }

        group = [];
    }

    private void NoteFailure(Exception error, ActorContext<CommitterMessage> context)
    {
        host.Health.Failed(error);
        host.System.Events.Publish(new ActorFailed(context.Self.Path, error, Supervision.Directive.Resume));
        var wait = TimeSpan.FromMilliseconds(Math.Min(2000, 20 << Math.Min(failures++, 7)));
        context.Timers.Schedule("settle", wait, new CommitterMessage.Settle());
    }

    // What is there is not written again; the rest is, and nothing of the first try can come in between. Writes without events set or clear a lease and move
    // entries: doing that again changes nothing more.
    private async ValueTask<IReadOnlyList<WriteResult>> SettleAsync()
    {
        using var deadline = new CancellationTokenSource(host.Options.StoreDeadline, host.System.Time);
        await FenceAsync(deadline.Token).ConfigureAwait(false);
        var writes = Flatten();
        var results = new WriteResult[writes.Count];
        var missing = await MissingAsync(writes, deadline.Token).ConfigureAwait(false);
        var again = await host.Store.WriteAsync([.. missing.Select(i => writes[i])], deadline.Token).ConfigureAwait(false);
        for (var i = 0; i < missing.Count; i++)
            results[missing[i]] = again[i];
        return results;
    }

    // A late write would make an entity that was refused or deleted meanwhile, and of which nobody knows.
    private async ValueTask FenceAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in group.DistinctBy(batch => (batch.Writes[0].Shard, batch.Epoch)))
        {
            var (shard, known) = (batch.Writes[0].Shard, EpochOf(batch.Writes[0]));
            // with another owner now the writes are refused as they are
            if (await host.Store.FenceShardAsync(shard, known, $"{host.Options.Node}/{known}", cancellationToken).ConfigureAwait(false) is not { } raised)
                continue;
            fences[shard] = new Fence(batch.Epoch, raised);
            host.NoteEpoch(shard, raised);
        }
    }

    private async ValueTask<List<int>> MissingAsync(List<EntityWrite> writes, CancellationToken cancellationToken)
    {
        var missing = new List<int>();
        var stored = await host.Store.ReadAsync([.. writes.Select(write => write.Key)], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < writes.Count; i++)
        {
            if (!await IsWrittenAsync(writes[i], stored[i], cancellationToken).ConfigureAwait(false))
                missing.Add(i);
        }

        return missing;
    }

    // The version alone does not tell: a later owner may have written as many events in their place.
    private async ValueTask<bool> IsWrittenAsync(EntityWrite write, StoredEntity? stored, CancellationToken cancellationToken)
    {
        if (write.Delete)
            return stored is null;
        if (write.Events.Count == 0 || stored is null || stored.Version < write.ExpectedVersion + write.Events.Count)
            return false;
        var history = await host.Store.ReadHistoryAsync(write.Key, write.ExpectedVersion, write.Events.Count, cancellationToken).ConfigureAwait(false);
        return history.Zip(write.Events).All(pair => IsSame(pair.First.Event, pair.Second));
    }

    // times are stored to the microsecond
    private static bool IsSame(EncodedEvent stored, EncodedEvent written) =>
        stored.Type == written.Type && (stored.At - written.At).Duration() < TimeSpan.FromMicroseconds(1) && stored.Data.Span.SequenceEqual(written.Data.Span);

    /// <summary>A shard's epoch as its owner knows it, and as it was raised to.</summary>
    private readonly record struct Fence(long Acquired, long Raised);
}


/// <summary>What the committer is told.</summary>
internal abstract record CommitterMessage
{
    private CommitterMessage()
    {
    }

    /// <summary>A shard's turn has writes.</summary>
    public sealed record Write(WriteBatch Batch) : CommitterMessage;

    /// <summary>The group under way has its results.</summary>
    public sealed record Written(IReadOnlyList<WriteResult> Results) : CommitterMessage;

    /// <summary>The outcome of the group under way is unknown.</summary>
    public sealed record Failed(Exception Error) : CommitterMessage;

    /// <summary>Find out about the group under way, and finish it.</summary>
    public sealed record Settle : CommitterMessage;
}
