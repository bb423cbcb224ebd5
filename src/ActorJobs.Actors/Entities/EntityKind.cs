using System.Text.Json;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Entities;

/// <summary>A kind of entity as a node knows it.</summary>
public abstract class EntityKind
{
    private protected EntityKind(string name) => Name = name;

    /// <summary>The stable name, first part of every <see cref="EntityKey"/> of the kind.</summary>
    public string Name { get; }

    /// <summary>How the kind's commands and replies travel between nodes.</summary>
    internal abstract WireTypes Wire { get; }

    internal abstract EntityCell CreateCell(EntityKey key, Shard shard);
}

/// <summary>A kind of entity: what defines it, how it is stored, who is told of its changes.</summary>
/// <param name="name">The stable name.</param>
/// <param name="decider">What defines it.</param>
/// <param name="codec">How it is stored.</param>
public sealed class EntityKind<TState, TCommand, TEvent>(
    string name, IDecider<TState, TCommand, TEvent> decider, IEntityCodec<TState, TEvent> codec) : EntityKind(name)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>What defines it.</summary>
    public IDecider<TState, TCommand, TEvent> Decider { get; } = decider;

    /// <summary>How it is stored.</summary>
    public IEntityCodec<TState, TEvent> Codec { get; } = codec;

    /// <summary>Makes the observer that a shard tells of changes; null when nobody wants to know.</summary>
    public Func<int, IEntityObserver<TState>>? Observer { get; init; }

    /// <summary>
    /// How many command ids each entity remembers with their replies, so that a repeated command gets its first answer. 0 for deciders that
    /// recognise a repetition by themselves. Default: 0.
    /// </summary>
    public int RememberedCommands { get; init; }

    /// <summary>
    /// The types of replies that arrive at another node as what they are. Replies of other types travel as JSON, and become what
    /// <see cref="IEntityClient.AskAsync"/> is asked for. Default: none.
    /// </summary>
    public IReadOnlyList<Type> Replies { get; init; } = [];

    /// <summary>How commands and <see cref="Replies"/> are written between nodes. Default: web defaults.</summary>
    public JsonSerializerOptions WireOptions { get; init; } = JsonSerializerOptions.Web;

    internal override WireTypes Wire => wire ??= new WireTypes(typeof(TCommand), Replies, WireOptions);

    private WireTypes? wire;

    /// <summary>
    /// Whether the state is stored only now and then: when the events since the last time weigh as much as it does. For big states that change in
    /// small steps: what is written in all stays within three times the events. Readers beside the entity must fold the events since
    /// (<see cref="StoredState.ReadAsync"/>). Not together with <see cref="RememberedCommands"/>. Default: false, with every write.
    /// </summary>
    public bool StoresStateSparsely { get; init; }

    internal override EntityCell CreateCell(EntityKey key, Shard shard) => new EntityCell<TState, TCommand, TEvent>(this, key, shard);
}

/// <summary>Is told of the changes of one kind's entities on one shard, in the shard's turns: must be quick and never throw.</summary>
public interface IEntityObserver<in TState>
{
    /// <summary>A change is durable.</summary>
    void Changed(EntityKey key, TState before, TState after);

    /// <summary>The shard's turn ends: the moment to pass on together what was gathered.</summary>
    void TurnEnded();
}

/// <summary>How a kind's states and events become bytes.</summary>
public interface IEntityCodec<TState, TEvent>
{
    /// <summary>The version of the state's shape. A stored state of another version is rebuilt from the events.</summary>
    int Schema { get; }

    /// <summary>Writes a state.</summary>
    ReadOnlyMemory<byte> EncodeState(TState state);

    /// <summary>Reads a state of this schema.</summary>
    TState DecodeState(ReadOnlyMemory<byte> data);

    /// <summary>The stable name of an event.</summary>
    string TypeOf(TEvent happened);

    /// <summary>Writes an event.</summary>
    ReadOnlyMemory<byte> EncodeEvent(TEvent happened);

    /// <summary>Reads an event of any version there ever was.</summary>
    TEvent DecodeEvent(string type, ReadOnlyMemory<byte> data);
}
