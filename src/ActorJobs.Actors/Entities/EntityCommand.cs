namespace ActorJobs.Actors.Entities;

/// <summary>A command on its way to an entity.</summary>
/// <param name="Key">Which entity.</param>
/// <param name="Command">What is asked, of the kind's command type.</param>
/// <param name="Replies">Where the reply goes; null when nobody waits for it.</param>
/// <param name="Slot">Passed back with the reply, so that one sink serves a batch.</param>
/// <param name="CommandId">Makes a repetition recognisable, for kinds that remember commands.</param>
public sealed record EntityCommand(EntityKey Key, object Command, IReplySink? Replies = null, int Slot = 0, string? CommandId = null)
{
    /// <summary>Whether the caller has just made the id, so that there is nothing to read before the first commit.</summary>
    public bool IsNew { get; init; }
}

/// <summary>Where replies go. Called in a shard's turn: must be quick and never throw.</summary>
public interface IReplySink
{
    /// <summary>Takes the reply of one command: what its decider answered, or an <see cref="EntityFailure"/>.</summary>
    void Reply(int slot, object? reply);
}

/// <summary>Another node waits for the replies. Told that the shard is not here, it looks the owner up itself, and need not wait while this node does.</summary>
internal interface IForwardedReplies : IReplySink;

/// <summary>Why a command was not decided, or its decision not written.</summary>
/// <param name="Reason">Which case.</param>
/// <param name="Detail">More about it: for <see cref="EntityFailureReason.KeyHeld"/> the holder's id.</param>
public sealed record EntityFailure(EntityFailureReason Reason, string Detail);

/// <summary>The cases of <see cref="EntityFailure"/>.</summary>
public enum EntityFailureReason
{
    /// <summary>No decider of that kind is registered.</summary>
    UnknownKind,

    /// <summary>The unique key is held by another entity.</summary>
    KeyHeld,

    /// <summary>The state or an event would be larger than 4 MB.</summary>
    TooLarge,

    /// <summary>The shard is not owned by this node now, or the store cannot be reached. What became of the command is unknown: repeat it.</summary>
    Unavailable,

    /// <summary>The decider threw; the command changed nothing.</summary>
    Faulted,

    /// <summary>The shard is another node's: said between nodes, which look the owner up anew.</summary>
    NotOwner,
}
