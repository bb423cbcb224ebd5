namespace ActorJobs.Actors.Entities;

/// <summary>What must be under way while an entity is in a state. A function of the state, so recovery only has to see to it again.</summary>
public sealed record Intents
{
    /// <summary>Nothing.</summary>
    public static Intents None { get; } = new();

    /// <summary>When the entity gets its decider's wake command.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>When the entity and its history are deleted. Wins over <see cref="WakeAt"/> when both are set.</summary>
    public DateTimeOffset? DeleteAt { get; init; }

    /// <summary>Where the entity is listed.</summary>
    public IReadOnlyList<IndexEntry> Entries { get; init; } = [];

    /// <summary>A key that no other entity of its shard may hold at the same time.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>
    /// Commands for other entities that must arrive, in the order in which they are to leave. Those beyond the first 256 wait for earlier ones to be
    /// answered; the answers come back through the decider's <c>Answered</c>.
    /// </summary>
    public IReadOnlyList<OutboxMessage> Outbox { get; init; } = [];
}

/// <summary>A place in a sorted list of entities.</summary>
/// <param name="Index">The list's name, for instance <c>job/Available/default</c>.</param>
/// <param name="Sort">Lower comes first; at most 2^53 in size, so that a double holds it.</param>
/// <param name="Value">A few bytes kept with the entry, or null.</param>
public readonly record struct IndexEntry(string Index, long Sort, string? Value = null);
