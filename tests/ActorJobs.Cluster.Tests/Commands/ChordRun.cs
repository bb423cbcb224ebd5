using System.Collections.Concurrent;
using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>
/// A chord under <c>kill -9</c> of its node, on the embedded store: every child completes once, and the join runs once, after all of them.
/// </summary>
/// <param name="seed">What the moments of the kills are drawn from.</param>
/// <param name="children">How many children.</param>
/// <param name="kills">How often the node is killed while they run.</param>
internal sealed class ChordRun(int seed, int children, int kills)
{
    private const string Id = "chord";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task RunAsync(Action<string> tell)
    {
        var random = new Random(seed);
        var began = TimeProvider.System.GetTimestamp();
        await using var place = new SqlitePlace();
        await place.StartAsync();
        await place.Client.StartWorkflowAsync(Chord());
        for (var kill = 0; kill < kills; kill++)
        {
            // somewhere in its share of the work, the first perhaps before anything of it is done
            var after = (long)((kill + random.NextDouble()) * children / (kills + 1));
            var stats = await place.UntilAsync(() => place.Client.GetStatsAsync(), seen => Completed(seen) >= after, Patience, $"{after} children to complete");
            await place.Process.KillAsync();
            tell(string.Create(CultureInfo.InvariantCulture, $"killed with {Completed(stats)} of {children} children seen completed and {stats.States.GetValueOrDefault("Running")} running"));
            await place.StartAsync();
        }

        var last = await place.UntilAsync(() => place.Client.GetStatsAsync(), seen => Completed(seen) >= children + 1, Patience, "everything to complete");
        Assert.Equal(children + 1, last.States.Values.Sum());
        var chord = await place.UntilAsync(() => place.Client.GetWorkflowAsync(Id), seen => seen.HasEnded(), Patience, "the chord to end");
        Assert.Equal(("Completed", children + 1), (chord.State, chord.Counts["Completed"]));
        var (attempts, lost) = await CheckAsync(place.Client);
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {children} children and the join completed once each over {kills} kills, in {attempts} attempts of which {lost} were lost with the node, within {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s"));
    }

    private StartWorkflow Chord() => new()
    {
        Id = Id,
        Jobs =
        [
            .. Enumerable.Range(0, children).Select(number => WorkflowNode.Of(Key(number), "builtin.sleep", new { ms = number % 4 }) with { MaxAttempts = 100 }),
            WorkflowNode.Of("join", "builtin.echo", "joined", [.. Enumerable.Range(0, children).Select(Key)]) with { MaxAttempts = 100 },
        ],
    };

    /// <summary>Reads every job and its history back.</summary>
    private async Task<(int Attempts, int Lost)> CheckAsync(ActorJobsClient client)
    {
        var join = await client.GetJobAsync($"{Id}:join");
        var outcomes = new ConcurrentBag<string?>();
        await Parallel.ForEachAsync(Enumerable.Range(0, children).Select(Key).Append("join"), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, cancellationToken) =>
        {
            var job = await client.GetJobAsync($"{Id}:{key}", cancellationToken);
            var history = (await client.GetJobEventsAsync(job.Id, cancellationToken: cancellationToken)).Items;
            var told = string.Join(", ", history.Select(item => $"{item.Version} {item.Type}"));
            Assert.True(job.Attempts.Count(attempt => attempt.Outcome == "Completed") == 1 && job.Attempts[^1].Outcome == "Completed", $"{job.Id} has not completed once, and last: {told}; seed {seed}");
            Assert.True(history.Count(item => item.Type.StartsWith("job.completed.", StringComparison.Ordinal)) == 1, $"{job.Id} has not completed once: {told}; seed {seed}");
            Assert.True(history.Select(item => item.Version).SequenceEqual(Enumerable.Range(1, history.Count).Select(version => (long)version)), $"{job.Id} has gaps: {told}; seed {seed}");
            Assert.True(key == "join" || job.FinishedAt <= join.CreatedAt, $"{job.Id} ended at {job.FinishedAt:O}, the join was made at {join.CreatedAt:O}; seed {seed}");
            foreach (var attempt in job.Attempts)
                outcomes.Add(attempt.Outcome);
        });
        return (outcomes.Count, outcomes.Count(outcome => outcome == "Lost"));
    }

    private static long Completed(Stats stats) => stats.States.GetValueOrDefault("Completed");

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number}");
}
