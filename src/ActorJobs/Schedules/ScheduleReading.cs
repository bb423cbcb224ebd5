using ActorJobs.Actors.Stores;

namespace ActorJobs.Schedules;

/// <summary>Schedules straight from the store: what is there is what was answered for, with the progress from its lease.</summary>
internal sealed class ScheduleReading(IEntityStore store, int shards)
{
    private static readonly ScheduleDecider Decider = new();

    public async ValueTask<ScheduleState?> StateAsync(string id, CancellationToken cancellationToken) =>
        ScheduleIds.IsValid(id) && (await store.ReadAsync([ScheduleIds.Entity(id)], cancellationToken).ConfigureAwait(false))[0] is { } stored
            && StateOf(stored) is { Exists: true } state ? state : null;

    /// <summary>How many schedules there are.</summary>
    public async ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        (await store.CountAsync(ScheduleIntents.Index, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(ScheduleIntents.Index);

    /// <summary>The schedules after an id, in the order of their ids, and whether there are more.</summary>
    public async ValueTask<(IReadOnlyList<ScheduleState> Items, bool HasMore)> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var entries = await EntriesAsync(after, limit + 1, cancellationToken).ConfigureAwait(false);
        var stored = await store.ReadAsync([.. entries.Take(limit).Select(entry => entry.Key)], cancellationToken).ConfigureAwait(false);
        return ([.. stored.OfType<StoredEntity>().Select(StateOf).Where(state => state.Exists)], entries.Count > limit);
    }

    /// <summary>The ids of the schedules that stand in the configuration of nodes.</summary>
    public async ValueTask<IReadOnlyList<string>> ConfiguredAsync(int limit, CancellationToken cancellationToken) =>
        [.. (await EntriesAsync(null, limit, cancellationToken).ConfigureAwait(false)).Where(entry => entry.Value == ScheduleIntents.Configured).Select(entry => entry.Key.Id)];

    private ValueTask<IReadOnlyList<StoredEntry>> EntriesAsync(string? after, int limit, CancellationToken cancellationToken) => MergedIndex.ReadAsync(
        store, shards, new MergedQuery([ScheduleIntents.Index], limit) { After = after is null ? null : new IndexPosition(0, ScheduleIds.Entity(after)) }, cancellationToken);

    private static ScheduleState StateOf(StoredEntity entity)
    {
        var state = ScheduleEntity.Codec.DecodeState(entity.State.Data);
        return entity.Lease is { } lease ? Decider.Evolve(state, ScheduleEntity.Codec.DecodeEvent(lease.Type, lease.Data)) : state;
    }
}
