using System.Text.Json;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Actors.Shards;

/// <summary>Runs the shards of a store on this node, and is the way to their entities.</summary>
public sealed class EntityHost : IEntityClient
{
    private readonly EntityHostContext context;
    private readonly ActorRef<ShardMessage>[] shards;

    private EntityHost(EntityHostContext context)
    {
        this.context = context;
        shards = new ActorRef<ShardMessage>[context.Options.Shards];
    }

    /// <summary>Whether the store answers.</summary>
    public StoreHealth Health => context.Health;

    /// <summary>Makes a host whose shards are started by <see cref="StartShards"/>. The store must be open.</summary>
    public static EntityHost Prepare(ActorSystem system, IEntityStore store, EntityHostOptions options)
    {
        var context = new EntityHostContext(system, store, options);
        context.Committer = system.Spawn(new Props<CommitterMessage>(() => new GroupCommitter(context)), "committer");
        system.Events.Subscribe(AnswerDeadLetter);
        return new EntityHost(context);
    }

    /// <summary>Makes a host and starts its shards. Commands may be sent at once: they wait for their shard.</summary>
    public static EntityHost Start(ActorSystem system, IEntityStore store, EntityHostOptions options)
    {
        var host = Prepare(system, store, options);
        host.StartShards();
        return host;
    }

    /// <summary>Acquires and runs the shards.</summary>
    public void StartShards()
    {
        var parent = context.System.Spawn(new Props<Never>(() => new ShardParent()) { Strategy = ShardStrategy }, "shards");
        for (var i = 0; i < shards.Length; i++)
        {
            var number = i;
            shards[i] = parent.Cell.Spawn(new Props<ShardMessage>(() => new Shard(number, context)), $"{number}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TReply> AskAsync<TReply>(
        EntityKey key, object command, string? commandId = null, CancellationToken cancellationToken = default)
    {
        var sink = new SingleReply();
        Send([new EntityCommand(key, command, sink, 0, commandId)]);
        return await sink.Task.WaitAsync(cancellationToken).ConfigureAwait(false) switch
        {
            EntityFailure failure => throw new EntityException(key, failure),
            RememberedReply remembered => remembered.Json.Deserialize<TReply>(JsonSerializerOptions.Web)!,
            var reply => (TReply)reply!,
        };
    }

    /// <inheritdoc/>
    public void Send(IReadOnlyList<EntityCommand> commands)
    {
        if (commands.Count == 1)
        {
            ShardOf(commands[0].Key).Tell(new ShardMessage.Deliver(commands));
            return;
        }

        foreach (var byShard in commands.GroupBy(command => ShardHash.Of(command.Key.Id, shards.Length)))
            shards[byShard.Key].Tell(new ShardMessage.Deliver([.. byShard]));
    }

    /// <summary>Sends commands that the caller has already grouped: all are for one shard.</summary>
    public void SendTo(int shard, IReadOnlyList<EntityCommand> commands) => shards[shard].Tell(new ShardMessage.Deliver(commands));

    // whoever waits for a reply must not wait for a shard that has stopped, or whose mailbox is full
    private static void AnswerDeadLetter(ActorEvent happened)
    {
        if (happened is not DeadLetter { Message: ShardMessage.Deliver(var commands), Reason: var reason })
            return;
        foreach (var command in commands)
            command.Replies?.Reply(command.Slot, new EntityFailure(EntityFailureReason.Unavailable, reason));
    }

    private ActorRef<ShardMessage> ShardOf(EntityKey key) => shards[ShardHash.Of(key.Id, shards.Length)];

    // A shard that fails is acquired anew with a new epoch: entities are read again, what was under way answers Unavailable.
    private static SupervisorStrategy ShardStrategy { get; } = SupervisorStrategy.Default with { MaxRestarts = int.MaxValue };

    /// <summary>Supervises the shards; has nothing to say itself.</summary>
    private abstract record Never;

    private sealed class ShardParent : Actor<Never>
    {
        protected internal override ValueTask ReceiveAsync(Never message, ActorContext<Never> context) => default;
    }

    private sealed class SingleReply : IReplySink
    {
        private readonly TaskCompletionSource<object?> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<object?> Task => source.Task;

        public void Reply(int slot, object? reply) => source.TrySetResult(reply);
    }
}
