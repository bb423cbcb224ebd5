using System.Collections.Frozen;
using ActorJobs.Actors;
using ActorJobs.Actors.Stores;
using ActorJobs.Cluster;
using ActorJobs.Pools;
using ActorJobs.Pools.Isolated;

namespace ActorJobs.Hosting;

/// <summary>Starting a node: the store, a look at the others, the pools, the shards.</summary>
internal sealed partial class JobsNode
{
    private readonly List<IsolatedPool> isolated = []; // filled by the start

    /// <summary>Opens the store and starts everything. Shards answer as soon as each has been acquired.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsolatedCommand.IsChild)
            throw new InvalidOperationException("This process was started to run the jobs of an isolated pool: call RunActorJobsAsync instead of RunAsync.");
        await setup.Store.OpenAsync(setup.Options.Shards, cancellationToken).ConfigureAwait(false);
        await RefuseStrangersAsync(cancellationToken).ConfigureAwait(false);
        await Board.LoadAsync(setup.Store, cancellationToken).ConfigureAwait(false);
        Pools = poolOptions.Where(pool => Runs(pool.Key, pool.Value)).ToFrozenDictionary(pool => pool.Key, pool => Spawn(pool.Key, pool.Value), StringComparer.Ordinal);
        fetcherContext.Pools = [.. Pools.Values];
        Entities.StartShards();
        Client.Open();
    }

    private async Task RefuseStrangersAsync(CancellationToken cancellationToken)
    {
        if (setup.Cluster is not { } shared)
            return;
        var view = await shared.Members.ViewAsync(cancellationToken).ConfigureAwait(false);
        var strangers = view.Nodes.Values.Where(node => !shared.MayMeetOthers || NodeDetails.HasOtherSecret(node, shared.SecretMark))
            .Select(node => node.Name).Order(StringComparer.Ordinal).ToArray();
        if (strangers.Length > 0)
        {
            throw new StoreUnusableException(
                $"Other nodes use this store with {(shared.MayMeetOthers ? "another secret" : "a secret")} ({string.Join(", ", strangers)}): set ActorJobs:Cluster:Secret to the same " +
                $"value on all of them, or wait {setup.Options.Cluster.Lease.TotalSeconds:0} s if they have ended.");
        }
    }

    // workers outside talk to nodes that take requests
    private bool Runs(string pool, PoolOptions options) =>
        setup.Options.Node.Has(options.Remote ? NodeRoles.Front : NodeRoles.Work) && (setup.Options.Node.Pools.Count == 0 || setup.Options.Node.Pools.Contains(pool));

    private ActorRef<PoolMessage> Spawn(string name, PoolOptions pool)
    {
        var desk = Remote.DeskOf(name);
        var processes = pool.Isolated ? new IsolatedPool(pool, setup.Isolated ?? IsolatedCommand.OfThisProgram(), setup.Time) : null;
        var work = (processes, desk) switch
        {
            ({ } own, _) => PoolWork.Isolated(setup.Kinds, own),
            (_, { } outside) => PoolWork.Remote(setup.Kinds, outside),
            _ => PoolWork.InProcess(setup.Kinds),
        };
        var bounds = PoolBounds.Of(pool);
        var memory = new PoolMemory(desk is not null ? 0 : bounds?.Min ?? pool.Size ?? 2 * Environment.ProcessorCount, pool.Latency) { Bounds = desk is null ? bounds : null };
        var actor = system.Spawn(new Props<PoolMessage>(() => new WorkerPool(name, [.. pool.Queues], memory, work, poolContext)), PoolPath(name)[1..]);
        if (processes is not null)
        {
            isolated.Add(processes);
            processes.Size = () => memory.Size;
            processes.Warm();
        }

        if (desk is not null)
            desk.Resize = size => actor.Tell(new PoolMessage.Resize(size));
        return actor;
    }
}
