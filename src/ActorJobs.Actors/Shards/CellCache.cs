using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Shards;

/// <summary>The entities of a shard that are in memory, at most so many and so large; those not used for longest passivate first.</summary>
/// <param name="limit">How many.</param>
/// <param name="weight">How large they are, with those of the node's other shards.</param>
internal sealed class CellCache(int limit, CellWeight weight)
{
    private readonly Dictionary<EntityKey, EntityCell> cells = [];
    private readonly LinkedList<EntityCell> use = new();
    private long bytes;

    public IEnumerable<EntityCell> All => cells.Values;

    public EntityCell? Find(EntityKey key)
    {
        if (!cells.TryGetValue(key, out var cell))
            return null;
        use.Remove(cell.Use!);
        use.AddLast(cell.Use!);
        return cell;
    }

    public void Add(EntityCell cell)
    {
        cells[cell.Key] = cell;
        cell.Use = use.AddLast(cell);
    }

    public void Remove(EntityCell cell)
    {
        if (!cells.Remove(cell.Key))
            return;
        use.Remove(cell.Use!);
        Count(-cell.CountedBytes);
        cell.CountedBytes = 0;
    }

    /// <summary>Counts how large a cell of this cache has become.</summary>
    public void Weigh(EntityCell cell)
    {
        Count(cell.Bytes - cell.CountedBytes);
        cell.CountedBytes = cell.Bytes;
    }

    /// <summary>Forgets all cells.</summary>
    public void Clear()
    {
        Count(-bytes);
        cells.Clear();
        use.Clear();
    }

    /// <summary>
    /// Passivates down to the limit. Cells that wait for something stay, so the limit may be passed by as many as are busy; the last that was used stays
    /// however large it is, for it is the likeliest to be used again.
    /// </summary>
    public void Trim()
    {
        for (var node = use.First; node is not null && (cells.Count > limit || (weight.IsTooMuch(bytes) && node.Next is not null));)
        {
            var next = node.Next;
            if (node.Value is { Status: CellStatus.Ready, HasPending: false, IsListed: false })
                Remove(node.Value);
            node = next;
        }
    }

    private void Count(long change)
    {
        bytes += change;
        weight.Add(change);
    }
}
