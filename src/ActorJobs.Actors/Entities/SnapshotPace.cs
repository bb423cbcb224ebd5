namespace ActorJobs.Actors.Entities;

/// <summary>When a state that is not stored with every write is stored next.</summary>
/// <param name="Size">How many bytes it had the last time.</param>
/// <param name="Since">How many bytes the events since have.</param>
internal readonly record struct SnapshotPace(long Size, long Since)
{
    private const int Least = 4096; // for smaller states it is not worth while to fold more

    /// <summary>How many bytes make up the entity: the state as stored and what came after it.</summary>
    public long Bytes => Size + Since;

    public bool IsDue => Since >= Math.Max(Size, Least);
}
