using System.Collections.Frozen;
using System.Text.Json;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Actors.Shards;

/// <summary>Runs the shards of a store on this node, and is the way to their entities.</summary>
public sealed class EntityHost : IEntityClient
{
    /// <summary>The operation by which another node does what <see cref="Refresh"/> does here.</summary>
    public const string RefreshOperation = ClusterMember.RefreshOperation;

    private readonly EntityHostContext context;

    /// <summary>Where what waits for an answer goes on.</summary>
    public Dispatcher Dispatcher => context.System.Dispatcher;

    private EntityHost(EntityHostContext context) => this.context = context;

    /// <summary>Whether the store answers.</summary>
    public StoreHealth Health => context.Health;

    /// <summary>Makes a host whose shards are started by <see cref="StartShards"/>. The store must be open.</summary>
    public static EntityHost Prepare(ActorSystem system, IEntityStore store, EntityHostOptions options)
    {
        var context = new EntityHostContext(system, store, options);
        context.Committer = system.Spawn(new Props<CommitterMessage>(() => new GroupCommitter(context)), "committer");
        if (options.Cluster is { } cluster)
        {
            context.Cluster = new LocalCluster(cluster);
            context.Cluster.Router = system.Spawn(new Props<RouterMessage>(() => new ShardRouter(context, cluster)), "router");
        }

        var host = new EntityHost(context);
        system.Events.Subscribe(host.AnswerDeadLetter);
        return host;
    }

    /// <summary>Makes a host and starts its shards. Commands may be sent at once: they wait for their shard.</summary>
    public static EntityHost Start(ActorSystem system, IEntityStore store, EntityHostOptions options)
    {
        var host = Prepare(system, store, options);
        host.StartShards();
        return host;
    }

    /// <summary>The cluster as this node has last seen it; empty without one.</summary>
    public ClusterView View => context.Cluster?.View ?? ClusterView.Empty;

    /// <summary>The shards that run here, with their epochs.</summary>
    public IReadOnlyDictionary<int, long> Epochs => context.Epochs();

    /// <summary>The kinds of entities that run here.</summary>
    internal IReadOnlyList<EntityKind> Kinds => context.Options.Kinds;

    /// <summary>What other nodes may ask of this one, by the operation's name.</summary>
    public IReadOnlyDictionary<string, PeerOperation> PeerOperations => context.Cluster is not { } cluster
        ? FrozenDictionary<string, PeerOperation>.Empty
        : new Dictionary<string, PeerOperation>
        {
            [PeerLink.Operation] = new CommandReceiver(context).ReceiveAsync,
            [ClusterMember.RefreshOperation] = (_, _) =>
            {
                cluster.Member?.Tell(MemberMessage.Refresh.Instance);
                return default;
            },
        };

    /// <summary>Acquires and runs the shards: all of them, or this node's share of the cluster's.</summary>
    public void StartShards()
    {
        if (context.Cluster is { } cluster)
        {
            cluster.Member = context.System.Spawn(
                new Props<MemberMessage>(() => new ClusterMember(context, cluster.Options)) { Strategy = SharedStrategy }, "shards");
            return;
        }

        var parent = context.System.Spawn(new Props<Never>(() => new ShardParent()) { Strategy = ShardStrategy }, "shards");
        for (var i = 0; i < context.Options.Shards; i++)
        {
            var number = i;
            context.Open(number, parent.Cell.Spawn(new Props<ShardMessage>(() => new Shard(number, context)), $"{number}"));
        }
    }

    /// <summary>Looks at the cluster anew, soon.</summary>
    public void Refresh() => context.Cluster?.Member?.Tell(MemberMessage.Refresh.Instance);

    /// <summary>Hands this node's shards over to other nodes, as far as there are any; the node stays in the cluster.</summary>
    public Task HandOverAsync() => TellMember(done => new MemberMessage.HandOver(done));

    /// <summary>Stops the shards that are left and ends this node's lease.</summary>
    public Task LeaveAsync() => TellMember(done => new MemberMessage.Leave(done));

    private Task TellMember(Func<Completion<bool>, MemberMessage> message)
    {
        if (context.Cluster?.Member is not { } member)
            return Task.CompletedTask; // alone, or not started
        var done = new Completion<bool>(context.System.Dispatcher);
        member.Tell(message(done));
        return done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask<TReply> AskAsync<TReply>(
        EntityKey key, object command, string? commandId = null, CancellationToken cancellationToken = default)
    {
        var sink = new SingleReply(context.System.Dispatcher);
        Send([new EntityCommand(key, command, sink, 0, commandId)]);
        return await sink.Task.WaitAsync(cancellationToken).ConfigureAwait(false) switch
        {
            EntityFailure failure => throw new EntityException(key, failure),
            EncodedReply encoded => encoded.Json.Deserialize<TReply>(JsonSerializerOptions.Web)!,
            var reply => (TReply)reply!,
        };
    }

    /// <inheritdoc/>
    public void Send(IReadOnlyList<EntityCommand> commands)
    {
        if (commands.Count == 1)
        {
            SendTo(ShardOf(commands[0].Key), commands);
            return;
        }

        foreach (var byShard in commands.GroupBy(command => ShardOf(command.Key)))
            SendTo(byShard.Key, [.. byShard]);
    }

    /// <summary>Sends commands that the caller has already grouped: all are for one shard.</summary>
    public void SendTo(int shard, IReadOnlyList<EntityCommand> commands) => context.Deliver(shard, commands);

    /// <summary>Whether the shard takes commands here.</summary>
    public bool Owns(int shard) => context.Local(shard) is not null;

    // whoever waits for a reply must not wait for a shard that has stopped, or whose mailbox is full
    private void AnswerDeadLetter(ActorEvent happened)
    {
        if (happened is DeadLetter { Message: ShardMessage.Deliver(var commands), Reason: var reason })
        {
            var shard = ShardOf(commands[0].Key);
            if (context.Cluster is not null && context.Local(shard) is null)
                context.Redirect(shard, commands);
            else
                new Routed(shard, commands, 0).Fail(reason);
        }
        else if (happened is DeadLetter { Message: RouterMessage.Send(var shard, var routed), Reason: var why })
        {
            new Routed(shard, routed, 0).Fail(why);
        }
    }

    private int ShardOf(EntityKey key) => ShardHash.Of(key.Id, context.Options.Shards);

    // A shard that fails is acquired anew with a new epoch: entities are read again, what was under way answers Unavailable.
    private static SupervisorStrategy ShardStrategy { get; } = SupervisorStrategy.Default with { MaxRestarts = int.MaxValue };

    // In a cluster one that has lost its shard to another node stops: whether it is this node's again the next picture tells.
    private static SupervisorStrategy SharedStrategy { get; } =
        ShardStrategy with { Decide = error => error is ShardLostException ? Directive.Stop : Directive.Restart };

    /// <summary>Supervises the shards; has nothing to say itself.</summary>
    private abstract record Never;

    private sealed class ShardParent : Actor<Never>
    {
        protected internal override ValueTask ReceiveAsync(Never message, ActorContext<Never> context) => default;
    }

    private sealed class SingleReply(Dispatcher dispatcher) : IReplySink
    {
        private readonly Completion<object?> replied = new(dispatcher);

        public Task<object?> Task => replied.Task;

        public void Reply(int slot, object? reply) => replied.Set(reply);
    }
}
