using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Stores;

/// <summary>
/// One entity's change, written whole or not at all: events, state, lease, index entries and unique key move together.
/// </summary>
public sealed record EntityWrite
{
    /// <summary>Which entity.</summary>
    public required EntityKey Key { get; init; }

    /// <summary>The entity's shard.</summary>
    public required int Shard { get; init; }

    /// <summary>The writer's epoch of the shard; an older one than the shard's is refused.</summary>
    public required long Epoch { get; init; }

    /// <summary>The version the writer knows: the number of events stored so far, 0 for none.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>What happened; empty when only the lease changes, which an entity must be there for.</summary>
    public IReadOnlyList<EncodedEvent> Events { get; init; } = [];

    /// <summary>
    /// The state after the events; unset when only the lease changes, or when the state stored before stays beside newer events
    /// (<see cref="EntityKind{TState,TCommand,TEvent}.StoresStateSparsely"/>). An entity's first write has one.
    /// </summary>
    public EncodedState? State { get; init; }

    /// <summary>What becomes of the lease.</summary>
    public LeaseChange Lease { get; init; }

    /// <summary>The new lease, with <see cref="LeaseChange.Set"/>.</summary>
    public EncodedEvent? NewLease { get; init; }

    /// <summary>Entries that go.</summary>
    public IReadOnlyList<IndexEntry> Removed { get; init; } = [];

    /// <summary>Entries that come.</summary>
    public IReadOnlyList<IndexEntry> Added { get; init; } = [];

    /// <summary>The unique key that goes, if the entity holds it.</summary>
    public string? ReleasedKey { get; init; }

    /// <summary>The unique key that comes; when another entity of the shard holds it the whole write is refused.</summary>
    public string? ClaimedKey { get; init; }

    /// <summary>Deletes the entity with its history instead of changing it.</summary>
    public bool Delete { get; init; }

    /// <summary>About how many bytes the write carries.</summary>
    public int Size
    {
        get
        {
            var size = (State?.Data.Length ?? 0) + (NewLease?.Data.Length ?? 0);
            for (var i = 0; i < Events.Count; i++) // a foreach over the interface would allocate, and this runs for every commit
                size += Events[i].Data.Length;
            return size;
        }
    }
}

/// <summary>What a write does to the lease.</summary>
public enum LeaseChange
{
    /// <summary>Leaves it.</summary>
    Keep,

    /// <summary>Puts another in its place.</summary>
    Set,

    /// <summary>Removes it.</summary>
    Clear,
}

/// <summary>An event as stored.</summary>
/// <param name="Type">Its stable name.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Data">UTF-8 JSON.</param>
public sealed record EncodedEvent(string Type, DateTimeOffset At, ReadOnlyMemory<byte> Data);

/// <summary>A state as stored.</summary>
/// <param name="Schema">The version of its shape, its complement with an envelope of remembered commands; another one than expected makes the shell fold the events.</param>
/// <param name="Data">UTF-8 JSON.</param>
public sealed record EncodedState(int Schema, ReadOnlyMemory<byte> Data);

/// <summary>What became of a write.</summary>
/// <param name="Status">Whether it was written, or why not.</param>
/// <param name="Holder">With <see cref="WriteStatus.KeyHeld"/>: the id of the entity that holds the unique key.</param>
public readonly record struct WriteResult(WriteStatus Status, string? Holder = null);

/// <summary>Whether a write was written, or why not: of several reasons a stale epoch comes first, then the version, then the key.</summary>
public enum WriteStatus
{
    /// <summary>It is as durable as the store says.</summary>
    Written,

    /// <summary>The entity has another version than expected, or is not there to be leased or deleted; nothing was written.</summary>
    VersionConflict,

    /// <summary>The shard has a newer owner; nothing was written.</summary>
    StaleEpoch,

    /// <summary>Another entity holds the unique key; nothing was written.</summary>
    KeyHeld,
}
