namespace ActorJobs.Actors.Entities;

/// <summary>
/// A command for another entity that must arrive. The shell sends it, again after a back-off or a restart, for as long as the intents name it; so the
/// receiver must take a repetition for what it is.
/// </summary>
/// <param name="Id">Tells it from the entity's other messages, and is the same whenever the intents are asked for.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Command">What is asked, of the receiver's command type.</param>
public sealed record OutboxMessage(string Id, EntityKey To, object Command);

/// <summary>What came back for a message.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Reply">The receiver's reply, or an <see cref="EntityFailure"/> that no repetition mends: a held key, an entity too large.</param>
public sealed record OutboxAnswer(string Id, object? Reply);
