using System.Collections.Frozen;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Shards;

/// <summary>What shards, committer and cluster share: above all, which shards run here.</summary>
internal sealed class EntityHostContext(ActorSystem system, IEntityStore store, EntityHostOptions options)
{
    private readonly ActorRef<ShardMessage>?[] open = new ActorRef<ShardMessage>?[options.Shards]; // written by the shards' parent, read by anyone
    private readonly long[] epochs = new long[options.Shards]; // written by each shard's turns

    public ActorSystem System => system;

    public IEntityStore Store => store;

    public EntityHostOptions Options => options;

    public FrozenDictionary<string, EntityKind> Kinds { get; } = options.Kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>How large the entities in memory are.</summary>
    public CellWeight Weight { get; } = new(options.LoadedBytes, options.Shards);

    public CommandWire Wire => field ??= new CommandWire(Kinds);

    public StoreHealth Health { get; } = new(system.Time);

    public ActorRef<CommitterMessage> Committer { get; set; } = null!;

    /// <summary>The cluster, or null when this node is alone and runs every shard.</summary>
    public LocalCluster? Cluster { get; set; }

    /// <summary>The shard's actor when it takes commands here.</summary>
    public ActorRef<ShardMessage>? Local(int shard) => Volatile.Read(ref open[shard]);

    public void Open(int shard, ActorRef<ShardMessage> actor) => Volatile.Write(ref open[shard], actor);

    public void Close(int shard) => Volatile.Write(ref open[shard], null);

    public void CloseAll()
    {
        for (var shard = 0; shard < open.Length; shard++)
            Close(shard);
    }

    public void NoteEpoch(int shard, long epoch) => Volatile.Write(ref epochs[shard], epoch);

    /// <summary>The shards that run here, with their epochs.</summary>
    public IReadOnlyDictionary<int, long> Epochs() =>
        Enumerable.Range(0, open.Length).Where(shard => Local(shard) is not null).ToDictionary(shard => shard, shard => Volatile.Read(ref epochs[shard]));

    /// <summary>Gets commands to their shard, wherever it is.</summary>
    public void Deliver(int shard, IReadOnlyList<EntityCommand> commands)
    {
        if (Local(shard) is { } local)
            local.Tell(new ShardMessage.Deliver(commands));
        else
            Redirect(shard, commands);
    }

    /// <summary>Gets commands to a shard that does not take them here, or not any more.</summary>
    public void Redirect(int shard, IReadOnlyList<EntityCommand> commands)
    {
        EntityCommand[] own = [.. commands.Where(command => command.Replies is not IForwardedReplies)];
        if (own.Length < commands.Count)
            new Routed(shard, [.. commands.Where(command => command.Replies is IForwardedReplies)], 0).Fail("the shard is not here", EntityFailureReason.NotOwner);
        if (own.Length == 0)
            return;
        if (Cluster is { } cluster)
            cluster.Router.Tell(new RouterMessage.Send(shard, own));
        else
            new Routed(shard, own, 0).Fail("the shard does not run");
    }
}
