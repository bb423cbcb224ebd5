using System.Globalization;

namespace ActorJobs.Cluster.Tests;

/// <summary>Anything at random happens to a cluster under load for a while; then everything is read back and checked.</summary>
/// <param name="Seed">What is drawn from.</param>
/// <param name="Duration">For how long.</param>
/// <param name="Appendfsync">When Redis flushes.</param>
internal sealed record ChaosRun(int Seed, TimeSpan Duration, string Appendfsync = "everysec")
{
    /// <summary>How long jobs may take to end afterwards. Default: two minutes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Runs and checks it; a violation fails an assertion that names the seed.</summary>
    /// <param name="tell">Is told what happens, line by line.</param>
    /// <returns>How many jobs were acknowledged.</returns>
    public async Task<int> RunAsync(Action<string> tell)
    {
        var random = new Random(Seed);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await using var place = await ClusterPlace.StartAsync(3, Appendfsync);
        await using var load = Load.Start(place, Seed);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Duration)
        {
            var faults = await Faults.AnyAsync(place, random);
            foreach (var sort in faults.Select(SortOf))
                counts[sort] = counts.GetValueOrDefault(sort) + 1;
            tell(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(began):mm\\:ss} {string.Join(", ", faults)}; {load.Accepted.Count} accepted"));
            await Pause.OfAsync(random.Next(1, 4));
        }

        await load.StopAsync();
        var checker = new Checker(place, load, $"seed {Seed}");
        var lost = await checker.CheckAsync(patience: Limit);
        await place.UntilSharedAsync();
        tell($"seed {Seed}, {Duration}, appendfsync {Appendfsync}: {string.Join(", ", counts.Select(fault => $"{fault.Value} x {fault.Key}"))}");
        tell($"{load.Accepted.Count} jobs acknowledged, {load.Refusals} batches submitted again, {checker.Attempts} attempts, {checker.LostAttempts} of them lost with their node");
        tell($"{lost} acknowledged jobs lost, every history whole, every job ended once, counters equal lists");
        return load.Accepted.Count;
    }

    // "node-3 killed" and "redis killed for 2 s" happen to anybody and for any time
    private static string SortOf(string fault) => (fault.StartsWith("node-", StringComparison.Ordinal) ? "node " + fault[(fault.IndexOf(' ', StringComparison.Ordinal) + 1)..] : fault).Split(" for ")[0];
}
