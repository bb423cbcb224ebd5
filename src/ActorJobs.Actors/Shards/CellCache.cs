using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Shards;

/// <summary>The entities of a shard that are in memory, at most so many; those not used for longest passivate first.</summary>
internal sealed class CellCache(int limit)
{
    private readonly Dictionary<EntityKey, EntityCell> cells = [];
    private readonly LinkedList<EntityCell> use = new();

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
        if (cells.Remove(cell.Key))
            use.Remove(cell.Use!);
    }

    /// <summary>Passivates down to the limit. Cells that wait for something stay, so the limit may be passed by as many as are busy.</summary>
    public void Trim()
    {
        for (var node = use.First; cells.Count > limit && node is not null;)
        {
            var next = node.Next;
            if (node.Value is { Status: CellStatus.Ready, HasPending: false, IsListed: false })
                Remove(node.Value);
            node = next;
        }
    }
}
