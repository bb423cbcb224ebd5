using ActorJobs.Simulation.Checks;
using ActorJobs.Simulation.Plans;
using ActorJobs.TestKit.Clusters;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Simulation.World;

/// <summary>What everything in a run shares: clock, turns, randomness, weather, trace. One thread, and nothing beyond the seed decides.</summary>
internal sealed class Scene
{
    private const int MostTurnsAtOnce = 200_000;

    private readonly List<Violation> violations = [];

    public Scene(int seed, Weather weather, Action<string>? write)
    {
        (Weather, Random) = (weather, new Random(seed));
        Dispatcher = new DrivenDispatcher(seed);
        Network = new TestNetwork(Time) { Fate = DrawFate, Latency = _ => Latency() };
        Trace = new Trace(Time, write);
    }

    public FakeTimeProvider Time { get; } = new();

    public DrivenDispatcher Dispatcher { get; }

    public TestNetwork Network { get; }

    /// <summary>Draws what becomes of calls.</summary>
    public Random Random { get; }

    public Trace Trace { get; }

    public Weather Weather { get; set; }

    /// <summary>Whether no node can reach the store.</summary>
    public bool IsStoreDown { get; set; }

    /// <summary>Pairs of nodes that cannot hear one another.</summary>
    public HashSet<(string, string)> Cuts { get; } = [];

    public IReadOnlyList<Violation> Violations => violations;

    /// <summary>Notes that something has happened that must never.</summary>
    public void Report(string rule, string detail)
    {
        violations.Add(new Violation(rule, detail, Trace.Now));
        Trace.Note("checker", rule, detail);
    }

    /// <summary>Does something after a while, whichever processes live then.</summary>
    public void After(TimeSpan delay, Action act)
    {
        if (delay <= TimeSpan.Zero)
            Dispatcher.Schedule(new WorkItem(act));
        else
            Time.CreateTimer(static act => ((Action)act!)(), act, delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many of those things are still to come that change what is shared.</summary>
    public int EffectsUnderWay { get; private set; }

    /// <summary>As <see cref="After"/>, for something that changes what is shared: before its time nothing has come to rest.</summary>
    public void EffectAfter(TimeSpan delay, Action act)
    {
        EffectsUnderWay++;
        After(delay, () =>
        {
            EffectsUnderWay--;
            act();
        });
    }

    /// <summary>How long a call is on its way.</summary>
    public TimeSpan Latency()
    {
        if (Weather.Latency == TimeSpan.Zero)
            return TimeSpan.Zero;
        var most = (int)Weather.Latency.TotalMicroseconds;
        return TimeSpan.FromMicroseconds(Random.Next(1000) < Weather.Slow ? Random.Next(most * 100) : Random.Next(most));
    }

    /// <summary>Runs everything until an instant, or the first violation.</summary>
    public void RunUntil(TimeSpan instant)
    {
        var end = Time.GetUtcNow() - Trace.Now + instant;
        RunTurns();
        while (violations.Count == 0 && Time.NextDue is { } due && due <= end)
        {
            Time.Advance(due > Time.GetUtcNow() ? due - Time.GetUtcNow() : TimeSpan.Zero);
            RunTurns();
        }

        if (violations.Count == 0 && end > Time.GetUtcNow())
            Time.Advance(end - Time.GetUtcNow());
    }

    // rule 3 of what must never happen: nothing spins
    private void RunTurns()
    {
        for (var turns = 0; violations.Count == 0 && Dispatcher.RunOne(); turns++)
        {
            if (turns > MostTurnsAtOnce)
                Report("something spins", $"{turns} turns at one instant");
        }
    }

    private NetworkFate DrawFate(NetworkCall call)
    {
        var fate = Cuts.Contains((call.From, call.To)) || Cuts.Contains((call.To, call.From)) ? NetworkFate.Silence : DrawByWeather();
        if (fate != NetworkFate.Delivered)
            Trace.Note(call.From, fate.ToString(), $"{call.Operation} to {call.To}");
        return fate;
    }

    private NetworkFate DrawByWeather()
    {
        var number = Random.Next(1000);
        return (number -= Weather.CallFailures) < 0 ? (Random.Next(2) == 0 ? NetworkFate.Refused : NetworkFate.AnswerLost)
            : (number -= Weather.CallDuplicates) < 0 ? NetworkFate.DeliveredTwice
            : number < Weather.CallSilences ? (Random.Next(2) == 0 ? NetworkFate.Silence : NetworkFate.SilenceAfter)
            : NetworkFate.Delivered;
    }
}
