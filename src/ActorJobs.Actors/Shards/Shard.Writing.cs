using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Shards;

/// <summary>Deciding and writing: at most one write of an entity is under way; commands that come meanwhile wait for its end.</summary>
internal sealed partial class Shard
{
    private int writing; // batches under way

    private void Write(ActorContext<ShardMessage> context)
    {
        if (toDecide.Count == 0)
            return;
        var batch = new WriteBatch(context.Self, Epoch, new(toDecide.Count), new(toDecide.Count));
        foreach (var cell in toDecide)
        {
            cell.IsListed = false;
            if (Decide(cell) is not { } write)
                continue;
            cell.BeginWriting();
            batch.Cells.Add(cell);
            batch.Writes.Add(write);
        }

        toDecide.Clear();
        if (batch.Writes.Count == 0)
            return;
        writing++;
        host.Committer.Tell(new CommitterMessage.Write(batch));
    }

    private EntityWrite? Decide(EntityCell cell)
    {
        cell.IsDue = due.Remove(cell.Key);
        if (cell.IsDue)
        {
            if (cell.HasPending)
                cell.NoteDue(); // not deleted under the commands that wait: its turn comes after them
            else if (cell.Expire(Now) is { } deletion)
                return deletion;
            if (cell.WakeCommand(Now) is { } wake)
                cell.Enqueue(new EntityCommand(cell.Key, wake));
        }

        return cell.HasPending ? cell.Decide() : null;
    }

    private void TakeResults(WriteBatch batch, ReadOnlySpan<WriteResult> results)
    {
        if (batch.Epoch != Epoch)
            return; // sent by this shard's actor before a restart, which has answered for it
        writing--;
        for (var i = 0; i < results.Length; i++)
        {
            var cell = batch.Cells[i];
            if (results[i].Status == WriteStatus.Written)
            {
                cell.Written();
                cells.Weigh(cell);
                if (batch.Writes[i].Delete && !cell.HasPending)
                    Forget(cell);
                else if (cell.HasPending || due.Contains(cell.Key))
                    List(cell);
                continue;
            }

            cell.Refused(FailureOf(results[i]));
            if (results[i].Status == WriteStatus.StaleEpoch)
                throw new ShardLostException(number, Epoch);
            Reload(cell);
        }
    }

    // what a refused write assumed is not so: forget the cell, or read it anew for what waits
    private void Reload(EntityCell cell)
    {
        retryDue |= cell.IsDue; // its entry is still in the index
        if (!cell.HasPending && !due.Contains(cell.Key))
        {
            Forget(cell);
            return;
        }

        BeginLoading(cell);
    }

    private void Forget(EntityCell cell)
    {
        cells.Remove(cell);
        due.Remove(cell.Key);
    }

    private static EntityFailure FailureOf(WriteResult result) => result.Status switch
    {
        WriteStatus.KeyHeld => new(EntityFailureReason.KeyHeld, result.Holder ?? ""),
        WriteStatus.StaleEpoch => new(EntityFailureReason.Unavailable, "the shard has another owner"),
        _ => new(EntityFailureReason.Unavailable, "the entity was changed by another writer"),
    };
}

/// <summary>The shard has another owner: this one must stop. Its supervisor decides whether it is acquired anew.</summary>
internal sealed class ShardLostException(int shard, long epoch) : Exception($"Shard {shard} has another owner than that of epoch {epoch}.");
