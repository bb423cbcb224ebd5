using System.Globalization;

namespace ActorJobs.Cluster.Tests;

/// <summary>What a run is drawn from: <c>ACTORJOBS_SEED</c> replays one.</summary>
internal static class RunSeed
{
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ACTORJOBS_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount & 0xFFFFFF;
}
