using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>
/// <c>kill -9</c> in the middle of the work, again and again: no accepted job is lost, a completed one never changes, counters equal lists.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly string[] Unended = ["Waiting", "Scheduled", "Available", "Running", "Retryable"];

    private readonly KillPlan plan = new();
    private readonly HashSet<string> accepted = [];
    private readonly Dictionary<string, Job> completed = [];

    [Fact]
    public async Task Every_accepted_job_ends_whenever_the_node_is_killed()
    {
        output.WriteLine($"seed {plan.Seed}, {plan.Rounds} kills, {plan.Jobs} jobs");
        await using var node = new NodePlace();
        var batches = Enumerable.Range(0, plan.Jobs).Chunk(KillPlan.BatchSize).ToArray();
        var unsettled = new Queue<int[]>();
        foreach (var round in batches.Chunk((batches.Length + plan.Rounds - 1) / plan.Rounds))
        {
            await node.StartAsync();
            await SeeCompletedAsync(node.Client);
            foreach (var batch in round)
                unsettled.Enqueue(batch);
            await SubmitUntilKilledAsync(node, unsettled, plan.AcceptedBeforeKill(unsettled.Count));
        }

        await node.StartAsync();
        while (unsettled.TryDequeue(out var batch))
            await SubmitAsync(node.Client, batch);
        await AllEndedAsync(node);
        await CheckAsync(node);
    }

    /// <summary>Submits until so many batches are accepted, then kills the node while two more are on their way.</summary>
    private async Task SubmitUntilKilledAsync(NodePlace node, Queue<int[]> unsettled, int acceptedBeforeKill)
    {
        for (var batch = 0; batch < acceptedBeforeKill; batch++)
            await SubmitAsync(node.Client, unsettled.Dequeue());
        var underWay = new List<(int[] Batch, Task Submit)>();
        while (underWay.Count < 2 && unsettled.TryDequeue(out var batch))
            underWay.Add((batch, SubmitAsync(node.Client, batch)));
        await node.Process.KillAsync();
        foreach (var (batch, submit) in underWay)
        {
            try
            {
                await submit;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // accepted or not, nobody knows: submitted again with the same ids
                unsettled.Enqueue(batch);
            }
        }
    }

    private async Task SubmitAsync(ActorJobsClient client, int[] batch)
    {
        var receipt = await client.SubmitManyAsync([.. batch.Select(KillPlan.Job)]);
        Assert.Empty(receipt.Errors);
        lock (accepted)
            accepted.UnionWith(receipt.Ids);
    }

    /// <summary>Remembers what has completed, and compares with what had completed before.</summary>
    private async Task SeeCompletedAsync(ActorJobsClient client)
    {
        var now = (await ListAsync(client, "Completed")).ToDictionary(job => job.Id);
        foreach (var (id, before) in completed)
        {
            var job = now.GetValueOrDefault(id);
            Assert.True(
                job is not null && (job.Attempt, job.FinishedAt) == (before.Attempt, before.FinishedAt),
                $"Seed {plan.Seed}: {id} had completed in attempt {before.Attempt} at {before.FinishedAt:O}, and now is {job?.State ?? "gone"}, {job?.Attempt}, {job?.FinishedAt:O}.");
        }

        foreach (var (id, job) in now)
            completed[id] = job;
        output.WriteLine($"{accepted.Count} accepted, {completed.Count} completed");
    }

    private async Task AllEndedAsync(NodePlace node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Stats? last = null;
        try
        {
            await foreach (var stats in node.Client.WatchStatsAsync(patience.Token))
            {
                last = stats;
                if (Unended.Sum(state => stats.States[state]) == 0)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // told below
        }

        Assert.Fail($"Seed {plan.Seed}: not all jobs have ended: {string.Join(", ", last?.States.Select(state => $"{state.Key} {state.Value}") ?? [])}\n{node.Process.Output}");
    }

    private async Task CheckAsync(NodePlace node)
    {
        await SeeCompletedAsync(node.Client);
        Assert.Equal(Enumerable.Range(0, plan.Jobs).Select(KillPlan.Id), accepted.Order(StringComparer.Ordinal));
        Assert.Equal(accepted.Order(StringComparer.Ordinal), completed.Keys.Order(StringComparer.Ordinal));
        var stats = await node.Client.GetStatsAsync();
        foreach (var (state, count) in stats.States)
            Assert.Equal((state, count), (state, (await ListAsync(node.Client, state)).Count));

        foreach (var number in Enumerable.Range(0, plan.Jobs).Where(number => number % 130 == 7))
        {
            var job = await node.Client.GetJobAsync(KillPlan.Id(number));
            Assert.Equal(number, job.Result!.Value.GetProperty("number").GetInt32());
            Assert.Equal("Completed", Assert.Single(job.Attempts, attempt => attempt.Outcome == "Completed").Outcome);
            Assert.Equal(Enumerable.Range(1, job.Attempts.Count), job.Attempts.Select(attempt => attempt.Number));
        }
    }

    private static async Task<List<Job>> ListAsync(ActorJobsClient client, string state)
    {
        var jobs = new List<Job>();
        for (string? cursor = null; ;)
        {
            var page = await client.ListJobsAsync(new JobQuery { State = state, Limit = 1_000, Cursor = cursor });
            jobs.AddRange(page.Items);
            if ((cursor = page.Next) is null)
                return jobs;
        }
    }
}
