using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Simulation.Checks;
using ActorJobs.Simulation.Faults;
using ActorJobs.Simulation.Plans;

namespace ActorJobs.Simulation.World;

/// <summary>All nodes there ever were, and what befalls them.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly Scene scene;
    private readonly SharedPlaces shared;
    private readonly WallClock meetingClock;
    private readonly List<SimulatedNode> nodes = [];
    private readonly int seed;

    public SimulatedCluster(Scene scene, Plan plan, CommitWatch watch, Mutation mutation)
    {
        (this.scene, seed) = (scene, plan.Seed);
        meetingClock = new WallClock(scene.Time);
        Store.OpenAsync(plan.Shards, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var underlying = mutation.UnderStore(Store);
        shared = new SharedPlaces(plan.Shards, _ => underlying, new MemoryMembershipStore(meetingClock), watch, mutation);
        for (var i = 0; i < plan.Nodes; i++)
            Join();
    }

    /// <summary>The store, past every fault.</summary>
    public MemoryEntityStore Store { get; } = new();

    /// <summary>How many shards there are.</summary>
    public int Shards => shared.Shards;

    public IReadOnlyList<SimulatedNode> Nodes => nodes;

    /// <summary>Those that take work.</summary>
    public IEnumerable<SimulatedNode> Open => nodes.Where(node => node.IsOpen);

    /// <summary>Those that will stay.</summary>
    public IEnumerable<SimulatedNode> Staying => nodes.Where(node => node is { IsUp: true, IsLeaving: false });

    /// <summary>A node comes.</summary>
    public SimulatedNode Join()
    {
        var node = new SimulatedNode(scene, shared, $"node-{nodes.Count + 1}", seed + nodes.Count + 1);
        nodes.Add(node);
        scene.Trace.Note(node.Name, "comes");
        node.Start();
        return node;
    }

    /// <summary>Does one step that is none of the clients'.</summary>
    public void Do(Step step)
    {
        var random = new Random(step.Seed);
        SimulatedNode[] staying = [.. Staying];
        var node = staying.Length == 0 ? null : staying[random.Next(staying.Length)];
        switch (step.Kind)
        {
            case StepKind.Join:
                if (staying.Length < 7)
                    Join();
                break;
            case StepKind.Leave when staying.Length > 1 && node is { IsFrozen: false, IsOpen: true }:
                node.Leave();
                break;
            case StepKind.Kill when node is not null:
                node.Kill();
                break;
            case StepKind.Freeze when node is not null:
                node.Freeze(TimeSpan.FromMilliseconds(random.Next(500, 20_000)));
                break;
            case StepKind.JumpClock when node is not null:
                node.Clock.Offset += Jump(node.Name, random);
                break;
            case StepKind.JumpMeetingClock:
                meetingClock.Offset += Jump("meeting", random);
                break;
            case StepKind.CutStore when node is not null:
                scene.Trace.Note(node.Name, "is cut off");
                node.Wire.IsCut = true;
                scene.After(Moment(random), () => node.Wire.IsCut = false);
                break;
            case StepKind.StoreOutage:
                scene.Trace.Note("store", "is down");
                scene.IsStoreDown = true;
                scene.After(Moment(random), () => scene.IsStoreDown = false);
                break;
            case StepKind.CutNetwork when staying.Length > 1:
                CutNetwork(staying[0].Name, staying[random.Next(1, staying.Length)].Name, Moment(random));
                break;
        }
    }

    /// <summary>Nothing goes wrong any more, and somebody is there to work.</summary>
    public void Heal()
    {
        scene.Trace.Note("world", "heals");
        scene.Weather = Weather.Calm;
        scene.IsStoreDown = false;
        scene.Cuts.Clear();
        foreach (var node in nodes)
        {
            node.Wire.IsCut = false;
            node.Thaw();
        }

        Repopulate();
    }

    /// <summary>Whoever keeps the processes going starts another when none is left: a node whose start failed has ended.</summary>
    public void Repopulate()
    {
        if (!Staying.Any())
            Join();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private TimeSpan Jump(string who, Random random)
    {
        var by = random.Next(-15_000, 15_000);
        scene.Trace.Note(who, "clock jumps", "", by);
        return TimeSpan.FromMilliseconds(by);
    }

    private void CutNetwork(string one, string other, TimeSpan moment)
    {
        scene.Trace.Note(one, "cannot hear", other);
        scene.Cuts.Add((one, other));
        scene.After(moment, () => scene.Cuts.Remove((one, other)));
    }

    private static TimeSpan Moment(Random random) => TimeSpan.FromMilliseconds(random.Next(500, 15_000));
}
