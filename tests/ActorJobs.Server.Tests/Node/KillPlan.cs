using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>
/// What a kill test does, drawn from a seed: <c>ACTORJOBS_SEED</c> replays one, <c>ACTORJOBS_KILL_ROUNDS</c> and <c>ACTORJOBS_KILL_JOBS</c> make it longer.
/// </summary>
internal sealed class KillPlan
{
    public const int BatchSize = 100;

    private static readonly BackoffRule AtOnce = new() { Type = "fixed", Delay = TimeSpan.FromMilliseconds(20) };

    private readonly Random random;

    public KillPlan()
    {
        Seed = Number("ACTORJOBS_SEED", Environment.TickCount & 0xFFFFFF);
        Rounds = Number("ACTORJOBS_KILL_ROUNDS", 3);
        Jobs = Number("ACTORJOBS_KILL_JOBS", 3_000);
        random = new Random(Seed);
    }

    public int Seed { get; }

    public int Rounds { get; }

    public int Jobs { get; }

    /// <summary>After how many accepted batches of a round the node is killed; the rest of the round's batches meet a dead node or none.</summary>
    public int AcceptedBeforeKill(int batches) => random.Next(0, batches + 1);

    /// <summary>Job number n: most are quick, some sleep, some fail at first. The number of attempts outlasts every kill.</summary>
    public static SubmitJob Job(int number) => (number % 10) switch
    {
        0 or 1 => Make(number, "builtin.sleep", new { ms = number % 7 * 10 }),
        2 => Make(number, "builtin.fail", new { times = 1 }),
        _ => Make(number, "builtin.echo", new { number }),
    };

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"kill-{number:d6}");

    private static SubmitJob Make<TArgs>(int number, string kind, TArgs args) =>
        SubmitJob.Of(kind, args) with { Id = Id(number), MaxAttempts = 1_000, Backoff = AtOnce };

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
