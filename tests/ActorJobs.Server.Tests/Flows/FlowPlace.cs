using ActorJobs.Client;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Server.Tests.Flows;

/// <summary>
/// The ready-made node in this process: all of its parts, SQLite in a folder of its own, its front door on a free port, and a clock that the test moves.
/// What the node does at an instant it does by itself, on threads of its own; so a test moves the clock far only when it has seen what it waits for.
/// </summary>
internal sealed class FlowPlace(DateTimeOffset? start = null) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // of this machine, not of the node's clock

    private WebApplication? app;
    private HttpClient? http;

    public string Folder { get; } = Directory.CreateTempSubdirectory("actorjobs-flow-").FullName;

    public FakeTimeProvider Time { get; } = new(start);

    /// <summary>What has begun to run, in order.</summary>
    public AttemptTap Attempts { get; } = new();

    public HttpClient Http => http!;

    public ActorJobsClient Client { get; private set; } = null!;

    public string Root => app!.Urls.First();

    public async Task StartAsync(params string[] arguments)
    {
        app = NodeApplication.Build(
            [
                "--urls=http://127.0.0.1:0", $"--ActorJobs:Sqlite:Path={Folder}/actorjobs.db", $"--ActorJobs:Scraping:Path={Folder}/scraping.db",
                $"--ActorJobs:Documents:Root={Folder}/indexes", "--Logging:LogLevel:Default=None", "--ActorJobs:Shutdown:Deadline=PT1S", .. arguments,
            ],
            services: services =>
            {
                services.AddSingleton<TimeProvider>(Time);
                Attempts.AttachTo(services, Time);
            });
        await app.StartNodeAsync();
        http = new HttpClient { BaseAddress = new Uri(Root), Timeout = Patience };
        Client = new ActorJobsClient(http);
    }

    public string Write(string file, string content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>
    /// Looks until it is so; with each look the node's clock goes on by ten milliseconds. Each is a request to the node, so this is no spinning loop; it is bounded by time.
    /// </summary>
    public async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Time.Advance(Tick); // a node whose clock stands still would wait for ever: it gathers and looks again by its clock, too
            var seen = await look();
            if (isSo(seen))
                return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Waited for {what}; seen is {System.Text.Json.JsonSerializer.Serialize(seen)}");
        }
    }

    public Task<Job> UntilAsync(string id, Func<Job, bool> isSo, string what) => UntilAsync(() => Client.GetJobAsync(id), isSo, what);

    /// <summary>Moves the clock to an instant, if that is not past.</summary>
    public void Go(DateTimeOffset to) => Time.Advance(to > Time.GetUtcNow() ? to - Time.GetUtcNow() : TimeSpan.Zero);

    /// <summary>Waits until no job can run at this instant.</summary>
    public Task<Stats> RestAsync() => UntilAsync(
        () => Client.GetStatsAsync(), stats => stats.States["Running"] + stats.States["Available"] == 0, "all that can run to have run");

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
        {
            // the end waits for the node's clock, too
            var end = app.StopAsync();
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (!end.IsCompleted && await pace.WaitForNextTickAsync())
                Time.Advance(TimeSpan.FromMilliseconds(50));
            await end;
            await app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
