using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Stores.Memory;

namespace ActorJobs.TestKit.Stores;

/// <summary>A place in memory: every store made here is the same one.</summary>
public sealed class MemoryPlace : StorePlace
{
    private readonly MemoryEntityStore store = new();

    /// <inheritdoc/>
    public override IEntityStore Create() => store;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => default;
}
