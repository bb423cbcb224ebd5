namespace ActorJobs.Pools;

/// <summary>How a pool's attempts run: in this process, in a child process, or at a worker elsewhere.</summary>
/// <param name="KindOf">The kind of a name, with what runs its attempts here; null when there is none.</param>
internal sealed record PoolWork(Func<string, JobKind?> KindOf)
{
    /// <summary>Whether jobs may be claimed beyond the slots. Where slots come and go with workers, what was claimed beyond them would wait for nobody.</summary>
    public bool ClaimsAhead { get; init; } = true;
}
