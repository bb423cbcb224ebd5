using ActorJobs.Actors.Stores;

namespace ActorJobs.TestKit.Stores;

/// <summary>Where a store keeps what it is given: a file, a key prefix. Each test gets a place of its own.</summary>
public abstract class StorePlace : IAsyncDisposable
{
    /// <summary>Whether another store opened at this place finds what a disposed one has written.</summary>
    public virtual bool Outlives => true;

    /// <summary>A store at this place, not yet open.</summary>
    public abstract IEntityStore Create();

    /// <summary>Removes everything.</summary>
    public abstract ValueTask DisposeAsync();
}
