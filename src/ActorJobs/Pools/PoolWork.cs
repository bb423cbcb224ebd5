using ActorJobs.Pools.Isolated;
using ActorJobs.Pools.Remote;

namespace ActorJobs.Pools;

/// <summary>How a pool's attempts run: in this process, in a child process, or at a worker elsewhere.</summary>
/// <param name="KindOf">The kind of a name, with what runs its attempts here; null when there is none.</param>
internal sealed record PoolWork(Func<string, JobKind?> KindOf)
{
    /// <summary>Whether jobs may be claimed beyond the slots. Where slots come and go with workers, what was claimed beyond them would wait for nobody.</summary>
    public bool ClaimsAhead { get; private init; } = true;

    /// <summary>By the handlers of this process.</summary>
    public static PoolWork InProcess(IReadOnlyDictionary<string, JobKind> kinds) => new(kinds.GetValueOrDefault);

    /// <summary>By child processes, which have the same handlers.</summary>
    public static PoolWork Isolated(IReadOnlyDictionary<string, JobKind> kinds, IsolatedPool processes) =>
        new(kind => kinds.TryGetValue(kind, out var known) ? known with { RunAsync = processes.RunAsync } : null);

    /// <summary>By workers elsewhere, who may know kinds that this process does not.</summary>
    public static PoolWork Remote(IReadOnlyDictionary<string, JobKind> kinds, LeaseDesk desk) =>
        new(kind => (kinds.GetValueOrDefault(kind) ?? RemoteKinds.Unlisted(kind)) with { RunAsync = desk.RunAsync }) { ClaimsAhead = false };
}
