using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Shards;

/// <summary>Reading entities into memory, all of a turn's with one read.</summary>
internal sealed partial class Shard
{
    private void Load(ActorContext<ShardMessage> context)
    {
        if (toLoad.Count == 0)
            return;
        var epoch = Epoch;
        EntityCell[] loading = [.. toLoad];
        toLoad.Clear();
        context.PipeToSelf(
            ReadAsync(loading),
            entities => new ShardMessage.Loaded(epoch, loading, entities),
            error => new ShardMessage.LoadFailed(epoch, loading, error));
    }

    private async ValueTask<IReadOnlyList<LoadedEntity>> ReadAsync(EntityCell[] loading)
    {
        using var deadline = new CancellationTokenSource(host.Options.StoreDeadline, host.System.Time);
        var stored = await host.Store.ReadAsync([.. loading.Select(cell => cell.Key)], deadline.Token).ConfigureAwait(false);
        var loaded = new LoadedEntity[loading.Length];
        for (var i = 0; i < loaded.Length; i++)
        {
            var history = stored[i] is { } entity && loading[i].HistoryNeededAfter(entity) is { } after
                ? await host.Store.ReadHistoryAsync(entity.Key, after, (int)(entity.Version - after), deadline.Token).ConfigureAwait(false)
                : null;
            loaded[i] = new LoadedEntity(stored[i], history);
        }

        return loaded;
    }

    private void TakeLoaded(IReadOnlyList<EntityCell> loaded, IReadOnlyList<LoadedEntity> entities)
    {
        for (var i = 0; i < loaded.Count; i++)
        {
            var cell = loaded[i];
            try
            {
                cell.Load(entities[i].Entity, entities[i].History);
                cells.Weigh(cell);
            }
#pragma warning disable CA1031 // an entity that cannot be read (a newer build wrote it, say) is unavailable; its shard's others are not
            catch (Exception error)
            {
                ReportFault(cell.Key, error);
                Drop(cell, new EntityFailure(EntityFailureReason.Faulted, $"{cell.Key} cannot be read: {error.Message}"));
                continue;
            }
#pragma warning restore CA1031
            cell.NoteOutbox();
            if (cell.HasPending || due.Contains(cell.Key))
                List(cell);
        }
    }

    private void FailLoading(IReadOnlyList<EntityCell> failed, Exception error)
    {
        host.System.Events.Publish(new ActorFailed($"/shards/{number}", error, Supervision.Directive.Resume));
        foreach (var cell in failed)
            Drop(cell, new EntityFailure(EntityFailureReason.Unavailable, "the store could not be read"));
    }

    private void Drop(EntityCell cell, EntityFailure failure)
    {
        cell.FailPending(failure);
        cells.Remove(cell);
        if (due.Remove(cell.Key))
            retryDue = true;
        retryOutbox = true; // it may have been read for the messages it has to send
    }
}
