using ActorJobs.Pools.Isolated;

namespace ActorJobs.Tests.Pools.Isolated;

/// <summary>An application with an isolated pool, in this process, whose child processes are this program.</summary>
internal sealed class IsolatedHost : IAsyncDisposable
{
    public const string Argument = "isolated-host";

    private readonly IHost host;

    private IsolatedHost(IHost host) => this.host = host;

    /// <summary>This program, as a child or as a node of its own.</summary>
    public static IsolatedCommand Command { get; } = new(Path.Combine(AppContext.BaseDirectory, "ActorJobs.Tests"), [Argument]);

    public IJobClient Jobs => host.Services.GetRequiredService<IJobClient>();

    public IWorkflowClient Workflows => host.Services.GetRequiredService<IWorkflowClient>();

    public static async Task<IsolatedHost> StartAsync(Action<PoolOptions>? configure = null)
    {
        var host = Build(configure ?? (_ => { }));
        await host.StartAsync();
        return new IsolatedHost(host);
    }

    /// <summary>The program's entry: a child process, or a node that runs one job that waits.</summary>
    public static async Task RunAsync(string[] args)
    {
        Console.WriteLine("a banner that every program has");
        using var host = Build(_ => { });
        if (args is [_, "node"])
            await RunNodeAsync(host);
        else
            await host.RunActorJobsAsync();
    }

    public async Task<JobView> RunAsync(string what, Func<JobRequest, JobRequest>? more = null) => await EndOfAsync(await SubmitAsync(what, more));

    public async Task<JobId> SubmitAsync(string what, Func<JobRequest, JobRequest>? more = null)
    {
        var request = JobRequest.Of(HarmfulHandler.Kind, new Harm(what)) with { MaxAttempts = 1, Backoff = new Backoff.Fixed(TimeSpan.Zero) };
        return Assert.IsType<SubmitResult.Accepted>(await Jobs.SubmitAsync(more?.Invoke(request) ?? request)).Id;
    }

    public Task<JobView> EndOfAsync(JobId id) => UntilAsync(Jobs, id, job => job.State.IsTerminal());

    /// <summary>The job once its attempt has said so.</summary>
    public Task<JobView> UntilSaysAsync(JobId id, string message) => UntilAsync(Jobs, id, job => job.Progress?.Message?.Contains(message, StringComparison.Ordinal) is true);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static IHost Build(Action<PoolOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Command);
        builder.Services.AddActorJobs(jobs => jobs
            .AddHandler<Harm, HarmfulHandler>(HarmfulHandler.Kind)
            .AddPool("default", pool =>
            {
                (pool.Isolated, pool.Size) = (true, 2);
                configure(pool);
            }));
        builder.Services.Configure<ActorJobsOptions>(options => options.Shutdown.Deadline = TimeSpan.Zero);
        return builder.Build();
    }

    private static async Task<JobView> UntilAsync(IJobClient jobs, JobId id, Func<JobView, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var job in jobs.WatchAsync(id, patience.Token))
        {
            if (isSo(job))
                return job;
        }

        throw new Xunit.Sdk.XunitException($"{id} has ended otherwise.");
    }

    // says which process its job runs in, for the test that kills this one
    private static async Task RunNodeAsync(IHost host)
    {
        await host.StartAsync();
        var jobs = host.Services.GetRequiredService<IJobClient>();
        var id = Assert.IsType<SubmitResult.Accepted>(await jobs.SubmitAsync(JobRequest.Of(HarmfulHandler.Kind, new Harm("wait")))).Id;
        Console.WriteLine((await UntilAsync(jobs, id, job => job.Progress is not null)).Progress!.Message);
        await host.WaitForShutdownAsync();
    }
}
