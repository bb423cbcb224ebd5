using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests;

/// <summary>
/// Reads everything back through the API when all is quiet: no accepted job is lost, each has ended once, histories have no gap and no fork, counters
/// equal lists, and no claim is left.
/// </summary>
internal sealed class Checker(ClusterPlace place, Load load, string run)
{
    private static readonly string[] Unended = ["Waiting", "Scheduled", "Available", "Running", "Retryable"];
    private static readonly string[] Ends = ["completed", "cancelled", "discarded", "expired"];

    private int attempts;
    private int lostAttempts;

    /// <summary>How many attempts there were.</summary>
    public int Attempts => attempts;

    /// <summary>How many of them ended with the node that ran them.</summary>
    public int LostAttempts => lostAttempts;

    private ActorJobsClient Client => place.Nodes.First(node => node.TakesLoad).Client;

    /// <summary>Waits until nothing is under way, and checks.</summary>
    /// <param name="mayBeLost">How many accepted jobs may be missing: those of the last second before a power loss with <c>everysec</c>.</param>
    /// <returns>How many are missing.</returns>
    /// <param name="patience">How long jobs may take to end. Default: two minutes, as claims that nobody knows of are found within about one.</param>
    public async Task<int> CheckAsync(bool mayBeLost = false, TimeSpan? patience = null)
    {
        var unended = "";
        await place.EventuallyAsync(
            async () => (unended = await UnendedAsync()).Length == 0,
            patience ?? TimeSpan.FromMinutes(2), () => $"all jobs to have ended; {run}; {unended}");
        var listed = await ListedAsync();
        var missing = load.Accepted.Keys.Where(id => !listed.ContainsKey(id)).ToArray();
        Assert.True(mayBeLost || missing.Length == 0, $"{missing.Length} accepted jobs are lost: {string.Join(", ", missing.Take(10))}; {run}");
        Assert.All(listed.Values, job => Assert.True(job.State == "Completed", $"{job.Id} is {job.State}; {run}"));
        await Parallel.ForEachAsync(listed.Keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) => await CheckHistoryAsync(id));
        return missing.Length;
    }

    private async Task<Dictionary<string, Job>> ListedAsync()
    {
        var all = new Dictionary<string, Job>(StringComparer.Ordinal);
        foreach (var (state, count) in (await Client.GetStatsAsync()).States)
        {
            var jobs = new List<Job>();
            for (string? cursor = null; ;)
            {
                var page = await Client.ListJobsAsync(new JobQuery { State = state, Limit = 1_000, Cursor = cursor });
                jobs.AddRange(page.Items);
                if ((cursor = page.Next) is null)
                    break;
            }

            Assert.True(count == jobs.Count, $"{count} jobs are counted as {state} and {jobs.Count} are listed; {run}");
            foreach (var job in jobs)
                Assert.True(all.TryAdd(job.Id, job), $"{job.Id} is in two lists; {run}");
        }

        return all;
    }

    /// <summary>What is still under way, and for one of each state why; empty when there is nothing.</summary>
    private async Task<string> UnendedAsync()
    {
        var states = (await Client.GetStatsAsync()).States;
        var told = new List<string>();
        foreach (var state in Unended.Where(state => states.GetValueOrDefault(state) > 0))
        {
            var examples = (await Client.ListJobsAsync(new JobQuery { State = state, Limit = 1 })).Items;
            told.Add($"{states[state]} {state}, {(examples is [var one, ..] ? $"{one.Id}: {(await Client.WhyAsync(one.Id)).Summary}" : "none listed")}");
        }

        return string.Join("; ", told);
    }

    private static bool HasAttempt(JobEvent item) => item.Type.StartsWith("job.attempt-ended.", StringComparison.Ordinal) || item.Type.StartsWith("job.completed.", StringComparison.Ordinal);

    private async Task CheckHistoryAsync(string id)
    {
        var history = (await Client.GetJobEventsAsync(id)).Items;
        Interlocked.Add(ref attempts, history.Count(item => HasAttempt(item)));
        Interlocked.Add(ref lostAttempts, history.Count(item => HasAttempt(item) && item.Data.GetRawText().Contains("\"Lost\"", StringComparison.Ordinal)));
        var told = string.Join(", ", history.Select(item => $"{item.Version} {item.Type}"));
        Assert.True(history.Select(item => item.Version).SequenceEqual(Enumerable.Range(1, history.Count).Select(version => (long)version)), $"{id} has gaps: {told}; {run}");
        var ends = history.Where(item => Ends.Contains(item.Type.Split('.')[1])).ToArray();
        Assert.True(ends.Length == 1 && ends[0] == history[^1], $"{id} has not ended once, and last: {told}; {run}");
    }
}
