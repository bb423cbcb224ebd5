using System.Runtime.CompilerServices;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Entities;

/// <summary>Reads states straight from the store, without their entities: as durable as their last answer.</summary>
public static class StoredState
{
    private const int AtOnce = 16;

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
        return (await store.ReadAsync([new EntityKey(kind.Name, id)], cancellationToken).ConfigureAwait(false))[0] is { } stored
            ? await StateOfAsync(store, kind, stored, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>
    /// The present states of entities, without their leases, in the order of the ids; one that is not there, or is deleted meanwhile, is left out. A bounded
    /// number is read at once and is in memory at a time, so that a page of large ones costs no more than a page of small ones.
    /// </summary>
    /// <param name="store">Where they are stored.</param>
    /// <param name="kind">Their kind.</param>
    /// <param name="ids">Which of the kind.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async IAsyncEnumerable<(string Id, TState State)> ReadAllAsync<TState, TCommand, TEvent>(
        IEntityStore store, EntityKind<TState, TCommand, TEvent> kind, IEnumerable<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        foreach (var some in ids.Select(id => new EntityKey(kind.Name, id)).Chunk(AtOnce))
        {
            var stored = await store.ReadAsync(some, cancellationToken).ConfigureAwait(false);
            var states = await Task.WhenAll(stored.OfType<StoredEntity>().Select(
                async entity => (entity.Key.Id, State: await StateOfAsync(store, kind, entity, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
            foreach (var (id, state) in states)
            {
                if (state is not null)
                    yield return (id, state);
            }
        }
    }

    private static async ValueTask<TState?> StateOfAsync<TState, TCommand, TEvent>(
        IEntityStore store, EntityKind<TState, TCommand, TEvent> kind, StoredEntity stored, CancellationToken cancellationToken)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        if (!kind.StoresStateSparsely)
            return kind.Codec.DecodeState(stored.State.Data);
        var (version, data) = SparseState.Unwrap(stored.State.Data);
        var state = kind.Codec.DecodeState(data);
        if (version == stored.Version)
            return state;
        var since = await store.ReadHistoryAsync(stored.Key, version, (int)(stored.Version - version), cancellationToken).ConfigureAwait(false);
        if (since.Count < stored.Version - version)
            return null; // deleted between the two reads
        return since.Aggregate(state, (folded, item) => kind.Decider.Evolve(folded, kind.Codec.DecodeEvent(item.Event.Type, item.Event.Data)));
    }
}
