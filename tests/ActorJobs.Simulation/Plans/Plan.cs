namespace ActorJobs.Simulation.Plans;

/// <summary>All that decides a run: the same plan gives the same run, event by event.</summary>
/// <param name="Seed">Draws the order of turns and what becomes of each call.</param>
/// <param name="Nodes">How many nodes there are at the beginning, 3 to 7.</param>
/// <param name="Shards">How many shards the store has.</param>
/// <param name="Weather">How often calls go wrong.</param>
/// <param name="Steps">What happens, in order.</param>
internal sealed record Plan(int Seed, int Nodes, int Shards, Weather Weather, IReadOnlyList<Step> Steps)
{
    private const int MostNodes = 7;

    /// <summary>How long things go wrong; afterwards everything heals and must come to its end.</summary>
    public const int Seconds = 25;

    /// <summary>What happens most: work, in many forms.</summary>
    private static readonly StepKind[] Work =
    [
        StepKind.Submit, StepKind.Submit, StepKind.Submit, StepKind.Submit, StepKind.Submit, StepKind.Repeat, StepKind.Cancel, StepKind.Retry,
        StepKind.Promote, StepKind.StartWorkflow, StepKind.StartWorkflow, StepKind.CancelWorkflow, StepKind.RetryWorkflow, StepKind.PutSchedule,
        StepKind.TriggerSchedule, StepKind.DeleteSchedule, StepKind.PauseQueue, StepKind.ResumeQueue,
    ];

    private static readonly StepKind[] Trouble =
    [
        StepKind.Join, StepKind.Join, StepKind.Leave, StepKind.Kill, StepKind.Kill, StepKind.Freeze, StepKind.Freeze, StepKind.JumpClock,
        StepKind.JumpMeetingClock, StepKind.CutStore, StepKind.StoreOutage, StepKind.CutNetwork,
    ];

    /// <summary>The plan of a seed.</summary>
    public static Plan Of(int seed)
    {
        var random = new Random(seed);
        var steps = new List<Step>();
        for (var count = random.Next(8, 20); count > 0; count--)
            steps.Add(Draw(random, Work));
        for (var count = random.Next(1, 7); count > 0; count--)
            steps.Add(Draw(random, Trouble));
        return new Plan(seed, random.Next(3, MostNodes + 1), random.Next(4, 13), DrawWeather(random), [.. steps.OrderBy(step => step.At)]);
    }

    private static Step Draw(Random random, StepKind[] among) =>
        new(TimeSpan.FromMilliseconds(random.Next(Seconds * 1000)), among[random.Next(among.Length)], random.Next());

    // each kind of trouble is away in some runs: what hides behind one is then seen behind another
    private static Weather DrawWeather(Random random) => random.Next(5) == 0 ? Weather.Calm : new Weather
    {
        StoreFailures = Chance(random, 30),
        StoreUnknowns = Chance(random, 30),
        StoreSilences = Chance(random, 8),
        CallFailures = Chance(random, 50),
        CallDuplicates = Chance(random, 100),
        CallSilences = Chance(random, 20),
        Latency = TimeSpan.FromMilliseconds(random.Next(2) == 0 ? 0 : random.Next(1, 40)),
        Slow = Chance(random, 30),
    };

    private static int Chance(Random random, int most) => random.Next(2) == 0 ? 0 : random.Next(1, most + 1);
}
