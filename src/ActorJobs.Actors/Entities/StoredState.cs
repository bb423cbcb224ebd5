using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Entities;

/// <summary>Reads states straight from the store, without their entities: as durable as their last answer.</summary>
public static class StoredState
{
    /// <summary>The entity's present state, without its lease, or null when there is none.</summary>
    /// <param name="store">Where it is stored.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Which one of the kind.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async ValueTask<TState?> ReadAsync<TState, TCommand, TEvent>(
        IEntityStore store, EntityKind<TState, TCommand, TEvent> kind, string id, CancellationToken cancellationToken)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        var key = new EntityKey(kind.Name, id);
        if ((await store.ReadAsync([key], cancellationToken).ConfigureAwait(false))[0] is not { } stored)
            return null;
        if (!kind.StoresStateSparsely)
            return kind.Codec.DecodeState(stored.State.Data);
        var (version, data) = SparseState.Unwrap(stored.State.Data);
        var state = kind.Codec.DecodeState(data);
        if (version == stored.Version)
            return state;
        var since = await store.ReadHistoryAsync(key, version, (int)(stored.Version - version), cancellationToken).ConfigureAwait(false);
        if (since.Count < stored.Version - version)
            return null; // deleted between the two reads
        return since.Aggregate(state, (folded, item) => kind.Decider.Evolve(folded, kind.Codec.DecodeEvent(item.Event.Type, item.Event.Data)));
    }
}
