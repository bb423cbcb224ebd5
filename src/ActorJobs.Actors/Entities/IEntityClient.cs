namespace ActorJobs.Actors.Entities;

/// <summary>The way to entities, wherever they are. The seam behind which the engine can be exchanged.</summary>
public interface IEntityClient
{
    /// <summary>
    /// Sends a command and waits for the entity's reply, which leaves when the decision is durable. Throws <see cref="EntityException"/> when the
    /// command was not decided.
    /// </summary>
    /// <param name="key">Which entity.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="commandId">Makes a repetition recognisable.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may still be carried out.</param>
    ValueTask<TReply> AskAsync<TReply>(EntityKey key, object command, string? commandId = null, CancellationToken cancellationToken = default);

    /// <summary>Sends commands, each with its own sink for the reply.</summary>
    void Send(IReadOnlyList<EntityCommand> commands);
}

/// <summary>A command was not decided.</summary>
public sealed class EntityException(EntityKey key, EntityFailure failure) : Exception($"{key}: {failure.Reason}: {failure.Detail}")
{
    /// <summary>Which entity.</summary>
    public EntityKey Key { get; } = key;

    /// <summary>Why.</summary>
    public EntityFailure Failure { get; } = failure;
}
