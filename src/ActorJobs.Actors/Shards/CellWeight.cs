namespace ActorJobs.Actors.Shards;

/// <summary>How large the entities in memory are, over all shards of a node. A shard may use what others leave, as long as they do.</summary>
/// <param name="limit">How large they may be, in bytes.</param>
/// <param name="shards">How many share it.</param>
internal sealed class CellWeight(long limit, int shards)
{
    private long total; // every shard's turns add to it

    public void Add(long bytes) => Interlocked.Add(ref total, bytes);

    /// <summary>Whether a shard that has so many bytes is to passivate some: all together have too many, and it has more than its share.</summary>
    public bool IsTooMuch(long ofShard) => Interlocked.Read(ref total) > limit && ofShard > limit / shards;
}
