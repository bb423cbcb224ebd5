using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Builtin;
using ActorJobs.Hosting;
using ActorJobs.TestKit.Probes;
using ActorJobs.TestKit.Time;
using Xunit;

namespace ActorJobs.TestKit.Nodes;

/// <summary>
/// A job node under a test's control: turns and handlers run when the test drives the node, time passes when the test says so, and the order of
/// turns is drawn from a seed.
/// </summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly Driver driver;
    private readonly ServiceProvider services;
    private bool isOver;

    private TestNode(TestNodeSetup setup)
    {
        Setup = setup;
        var driven = setup.Driven ?? new DrivenDispatcher(setup.Seed);
        Process = new ProcessDispatcher(driven);
        driver = new Driver(setup.Time, driven, () => $"{setup.Name}, events [{string.Join(", ", Events.Seen)}]");
        if (setup.Options.Pools.Count == 0)
            setup.Options.Pools["default"] = new PoolOptions { Size = setup.Slots };
        services = ServicesOf(setup);
        var kinds = services.GetServices<JobKind>().ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
        Jobs = new JobsNode(new JobsNodeSetup(setup.Options, setup.Name, setup.Store, kinds, services)
        {
            Time = setup.Time,
            Dispatcher = Process,
            HandlerDispatcher = Process,
            Seed = setup.Seed,
            Entities = setup.Entities,
            Define = setup.Define,
            Log = setup.Log,
            OnActorEvent = Events.Add,
            Cluster = setup.Cluster,
            Url = () => $"http://{setup.Name}",
            Leave = () => Left(),
        });
    }

    /// <summary>What the node is made of.</summary>
    public TestNodeSetup Setup { get; }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time => Setup.Time;

    /// <summary>What happened to actors.</summary>
    public Recording<ActorEvent> Events { get; } = new("events");

    /// <summary>Jobs, not driven: hand what it returns to <see cref="DriveAsync{T}(ValueTask{T}, string)"/>.</summary>
    public IJobClient Client => Jobs.Client;

    /// <summary>Workflows, not driven.</summary>
    public IWorkflowClient Workflows => Jobs.Workflows;

    /// <summary>Schedules, not driven.</summary>
    public ISchedules Schedules => Jobs.Schedules;

    /// <summary>Reads, not driven.</summary>
    public IJobQueries Queries => Jobs.Queries;

    /// <summary>Queues and pools, not driven.</summary>
    public IQueueControl Control => Jobs.Control;

    /// <summary>Entities, not driven.</summary>
    public IEntityClient Entities => Jobs.Entities;

    /// <summary>What the process does that was told to leave.</summary>
    internal Action Left { get; set; } = () => { };

    internal JobsNode Jobs { get; }

    internal ProcessDispatcher Process { get; }

    /// <summary>Starts a node; what its start leads to runs when the node is driven.</summary>
    public static async Task<TestNode> StartAsync(TestNodeSetup? setup = null)
    {
        var node = new TestNode(setup ?? new TestNodeSetup());
        await node.Jobs.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Runs everything that can run at this instant.</summary>
    public void Run()
    {
        if (!isOver)
            driver.Run();
    }

    /// <summary>Runs one turn or handler, if any waits.</summary>
    public void RunOne() => driver.RunOne();

    /// <summary>Lets time pass, running at each timer's instant what it leads to.</summary>
    public void Advance(TimeSpan by) => driver.Advance(by);

    /// <summary>Lets time pass from timer to timer until the condition holds.</summary>
    /// <param name="isSo">Looked at whenever the node has come to rest.</param>
    /// <param name="limit">How much time may pass. Default: 5 minutes.</param>
    /// <param name="expected">The condition in words, for the failure.</param>
    public void AdvanceUntil(Func<bool> isSo, TimeSpan? limit = null, [CallerArgumentExpression(nameof(isSo))] string expected = "") =>
        driver.AdvanceUntil(isSo, limit ?? TimeSpan.FromMinutes(5), expected);

    /// <summary>Drives the node until the task has ended.</summary>
    public Task<T> DriveAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string expected = "") => driver.DriveAsync(task, expected);

    /// <inheritdoc cref="DriveAsync{T}(Task{T}, string)"/>
    public Task<T> DriveAsync<T>(ValueTask<T> task, [CallerArgumentExpression(nameof(task))] string expected = "") => DriveAsync(task.AsTask(), expected);

    /// <inheritdoc cref="DriveAsync{T}(Task{T}, string)"/>
    public async Task DriveAsync(Task task, [CallerArgumentExpression(nameof(task))] string expected = "")
    {
        await UntilAsync(() => task.IsCompleted, expected, task);
        await task;
    }

    /// <summary>Drives the node until the task has ended, letting time pass, a step at a time, when nothing else happens.</summary>
    /// <param name="task">What is waited for; bounded by the clock of the node.</param>
    /// <param name="step">How much time passes at once. Default: 10 seconds.</param>
    /// <param name="expected">The task in words, for the failure.</param>
    public Task<T> DriveThroughAsync<T>(
        ValueTask<T> task, TimeSpan? step = null, [CallerArgumentExpression(nameof(task))] string expected = "") =>
        driver.DriveThroughAsync(task.AsTask(), step ?? TimeSpan.FromSeconds(10), expected);

    /// <summary>Submits a job and drives the node; fails unless it is accepted.</summary>
    public async Task<JobId> SubmitAsync(JobRequest request) =>
        Assert.IsType<SubmitResult.Accepted>(await DriveAsync(Client.SubmitAsync(request))).Id;

    /// <summary>The job as it is now; fails when there is none.</summary>
    public async Task<JobView> ViewAsync(JobId id) => await Client.FindAsync(id) ?? throw new Xunit.Sdk.XunitException($"There is no job {id}.");

    /// <summary>Drives the node, at this instant, until the job is as expected.</summary>
    public async Task<JobView> UntilAsync(JobId id, Func<JobView, bool> match, [CallerArgumentExpression(nameof(match))] string expected = "")
    {
        JobView? seen = null;
        await UntilAsync(() => (seen = Client.FindAsync(id).AsTask().GetAwaiter().GetResult()) is { } view && match(view), $"{id}: {expected}");
        return seen!;
    }

    /// <summary>Drives the node, at this instant, until the job is in a state.</summary>
    public Task<JobView> UntilAsync(JobId id, JobStatus state) => UntilAsync(id, view => view.State == state, $"state {state}");

    /// <summary>The types of the job's events, without prefix and version.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(JobId id) =>
        [.. (await Queries.HistoryAsync(id) ?? []).Select(item => item.Type.Split('.')[1])];

    /// <summary>Stops in order; attempts still running when the deadline has passed are interrupted.</summary>
    public async Task StopAsync(TimeSpan deadline)
    {
        var stopping = Jobs.StopAsync(deadline);
        Run();
        if (!stopping.IsCompleted)
            Advance(deadline);
        await DriveThroughAsync(WithResultAsync(stopping), TimeSpan.FromSeconds(1), "stopping"); // a store that fails takes its time
        isOver = true;
    }

    /// <summary>Ends the node as the death of its process would: nothing of it runs any more.</summary>
    public void Kill() => Process.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Jobs.DisposeAsync();
        await services.DisposeAsync();
    }

    /// <summary>Drives the node, at this instant, until the condition holds.</summary>
    /// <param name="isSo">Looked at whenever the node has come to rest.</param>
    /// <param name="expected">The condition in words, for the failure.</param>
    /// <param name="alsoWakes">What may change the condition without work for the node.</param>
    public Task UntilAsync(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string expected = "", Task? alsoWakes = null) =>
        driver.UntilAsync(isSo, expected, alsoWakes);

    private static async ValueTask<bool> WithResultAsync(Task task)
    {
        await task;
        return true;
    }

    private static ServiceProvider ServicesOf(TestNodeSetup setup)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(setup.Time);
        new ActorJobsBuilder(services).AddBuiltinKinds();
        foreach (var kind in setup.Kinds)
            services.AddSingleton(kind);
        return services.BuildServiceProvider();
    }
}
