using System.Globalization;

namespace ActorJobs.Cluster.Tests;

/// <summary>What a run is drawn from: <c>ACTORJOBS_SEED</c> replays one; <c>ACTORJOBS_CHAOS_MINUTES</c> makes the random one longer.</summary>
internal static class RunSeed
{
    public static int Value { get; } = Number("ACTORJOBS_SEED") ?? Environment.TickCount & 0xFFFFFF;

    public static TimeSpan Duration { get; } = Number("ACTORJOBS_CHAOS_MINUTES") is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromSeconds(15);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
