using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.TestKit.Probes;
using ActorJobs.TestKit.Time;

namespace ActorJobs.TestKit.Simulation;

/// <summary>
/// An actor system under a test's control: nothing runs and no time passes unless the test says so, and the same seed gives the same run.
/// </summary>
public sealed class ActorTestBed : IAsyncDisposable
{
    private readonly IDisposable subscription;

    /// <summary>Starts an empty system.</summary>
    /// <param name="seed">Draws the order of turns.</param>
    /// <param name="options">More about the system; its clock and dispatcher are replaced.</param>
    /// <param name="time">A clock to go on with; null for a new one.</param>
    public ActorTestBed(int seed = 1, ActorSystemOptions? options = null, FakeTimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider();
        Dispatcher = new DeterministicDispatcher(seed);
        System = new ActorSystem((options ?? new ActorSystemOptions()) with { Time = Time, Dispatcher = Dispatcher });
        subscription = System.Events.Subscribe(Events.Add);
        Run();
    }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>Where turns wait.</summary>
    public DeterministicDispatcher Dispatcher { get; }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }

    /// <summary>What happened to actors.</summary>
    public Recording<ActorEvent> Events { get; } = new("events");

    /// <summary>Runs all turns that wait, and those they lead to, at this instant.</summary>
    public void Run()
    {
        Dispatcher.RunUntilIdle();
        while (Time.NextDue <= Time.GetUtcNow())
        {
            Time.Advance(TimeSpan.Zero);
            Dispatcher.RunUntilIdle();
        }
    }

    /// <summary>Lets time pass, running at each timer's instant what it leads to.</summary>
    /// <param name="by">How far the clock moves.</param>
    public void Advance(TimeSpan by)
    {
        var end = Time.GetUtcNow() + by;
        Run();
        while (Time.NextDue is { } due && due <= end)
        {
            Time.Advance(due - Time.GetUtcNow());
            Run();
        }

        Time.Advance(end - Time.GetUtcNow());
        Run();
    }

    /// <summary>The events of one type so far.</summary>
    public IReadOnlyList<TEvent> EventsOf<TEvent>() where TEvent : ActorEvent => [.. Events.Seen.OfType<TEvent>()];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var stopping = System.StopAsync(TimeSpan.FromSeconds(10));
        Dispatcher.RunUntilIdle();
        await stopping.ConfigureAwait(false);
        subscription.Dispose();
    }
}
