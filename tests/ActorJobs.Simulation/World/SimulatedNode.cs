using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Cluster;
using ActorJobs.Hosting;
using ActorJobs.Jobs;
using ActorJobs.Simulation.Work;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Simulation.World;

/// <summary>One process of the cluster: a whole node, with its own clock and its own ways to store, meeting place and other nodes.</summary>
internal sealed class SimulatedNode : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);
    private static readonly ServiceProvider NoServices = new ServiceCollection().BuildServiceProvider();

    private readonly Scene scene;

    public SimulatedNode(Scene scene, SharedPlaces shared, string name, int seed)
    {
        (this.scene, Name) = (scene, name);
        Process = new ProcessDispatcher(scene.Dispatcher);
        Clock = new ProcessTime(scene.Time, Process);
        Wire = new Wire(scene, name, Process);
        var ids = new Random(seed);
        var options = new ActorJobsOptions { Shards = shared.Shards, Pools = { ["default"] = new PoolOptions { Size = 3 } } };
        options.Cluster.Lease = Lease;
        var store = shared.Mutation.OverStore(new SimulatedStore(shared.StoreFor(name), Wire, name, shared.Watch));
        var transport = shared.Mutation.OverTransport(scene.Network.TransportOf(name, () => Process));
        Jobs = new JobsNode(new JobsNodeSetup(options, name, store, new Handlers(name, Clock, Process, shared.Watch).Kinds(), NoServices)
        {
            Time = Clock,
            Dispatcher = Process,
            HandlerDispatcher = Process,
            Seed = seed,
            DrawId = () => JobIds.Derived($"{seed}/{ids.NextInt64()}"),
            Define = shared.Mutation.Define,
            Cluster = new ClusterSetup(shared.Mutation.OverMembers(new SimulatedMembers(shared.Members, Wire, scene.Trace), name), transport),
            Url = () => $"http://{name}",
            OnActorEvent = Heard,
        });
    }

    public string Name { get; }

    public JobsNode Jobs { get; }

    public ProcessDispatcher Process { get; }

    public ProcessTime Clock { get; }

    public Wire Wire { get; }

    /// <summary>Whether its process is there.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Whether it has been told to go.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Whether its process is stopped.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Whether it takes work from the outside.</summary>
    public bool IsOpen => IsUp && !IsLeaving && Jobs.Client.IsOpen;

    /// <summary>Starts it, soon. One that cannot ends, as a process would.</summary>
    public void Start() => Do(async () =>
    {
        try
        {
            await Jobs.StartAsync(CancellationToken.None).ConfigureAwait(false);
            scene.Network.Attach(Name, Jobs.Nodes.Peers!, Process);
        }
        catch (StoreFaultException)
        {
            Kill();
        }
    });

    /// <summary>Has it do something in its own turns.</summary>
    public void Do(Func<Task> act) => Process.Schedule(new WorkItem(() => _ = act()));

    /// <summary>The process dies.</summary>
    public void Kill()
    {
        scene.Trace.Note(Name, "is dead");
        IsUp = false;
        Process.Kill();
        scene.Network.Detach(Name);
    }

    /// <summary>The process stops, and goes on after a while.</summary>
    public void Freeze(TimeSpan duration)
    {
        scene.Trace.Note(Name, "is frozen", "", (long)duration.TotalMilliseconds);
        IsFrozen = true;
        Process.Stop();
        scene.After(duration, Thaw);
    }

    public void Thaw()
    {
        if (!IsFrozen)
            return;
        IsFrozen = false;
        scene.Trace.Note(Name, "goes on");
        Process.Continue();
    }

    /// <summary>Goes in order, then its process ends.</summary>
    public void Leave()
    {
        scene.Trace.Note(Name, "leaves");
        IsLeaving = true;
        Do(async () =>
        {
            try
            {
                await Jobs.StopAsync(LeaveDeadline).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // the host of a process ends it then
            }

            scene.Trace.Note(Name, "has left");
            Kill();
        });
    }

    public ValueTask DisposeAsync() => Jobs.DisposeAsync();

    private void Heard(ActorEvent happened)
    {
        scene.Trace.Note(Name, "event", TextOf(happened));
        if (happened is ActorFailed { Error: var error } && !IsExpected(error))
            scene.Report("an actor fails", $"{happened}: {error}");
    }

    // never the text of an error: its stack trace is not the same in every process
    private static string TextOf(ActorEvent happened) => happened switch
    {
        ActorFailed(var path, var error, _) => $"{path} failed: {error.GetType().Name}",
        DeadLetter(var path, var message, var reason) => $"{path} has not got a {message?.GetType().Name}: {reason}",
        _ => happened.ToString()!,
    };

    /// <summary>Whether what went wrong is the weather's doing.</summary>
    public static bool IsExpected(Exception error) => error is StoreFaultException or OperationCanceledException or TimeoutException or HttpRequestException
        or EntityException or ShardLostException or ActorJobsException;
}
