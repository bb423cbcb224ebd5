using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>
/// One benchmark from end to end over HTTP: submit, wait until nothing of it is left to do, then read back every job and count. The times from submit
/// to start and to the end are the node's own, so that they do not depend on when anybody looked.
/// </summary>
internal sealed class BenchRun(Scope scope, BenchPlan plan, RedisServerUsage? redis = null)
{
    private const int Page = 1000;

    private static readonly string[] Unfinished = ["Waiting", "Scheduled", "Available", "Running", "Retryable"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private long peak;

    public async Task<BenchReport> RunAsync()
    {
        using var deadline = new CancellationTokenSource(plan.Deadline, scope.Host.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, scope.Cancellation);
        try
        {
            return await RunAsync(both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !scope.Cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The benchmark was not done within {Durations.Short(plan.Deadline)}.");
        }
    }

    private async Task<BenchReport> RunAsync(CancellationToken cancellationToken)
    {
        var before = await DiagnoseAsync(cancellationToken);
        var (usedBefore, usedQueued) = (await UsedAsync(cancellationToken), default(RedisUsage?));
        var load = new BenchLoad(scope, plan);
        var took = TimeSpan.Zero;
        if (plan.Hold)
            await scope.Node.Client.PauseQueueAsync(plan.Queue, cancellationToken);
        try
        {
            await Progress.RunAsync(scope, "submitting", plan.Jobs, async report => took = await load.RunAsync(report, cancellationToken));
            usedQueued = plan.Hold ? await UsedAsync(cancellationToken) : null;
        }
        finally
        {
            if (plan.Hold) // also when interrupted: nobody else would know why the queue stands still
                await scope.Node.Client.ResumeQueueAsync(plan.Queue, CancellationToken.None);
        }

        await WaitAsync(cancellationToken);
        var (after, usedAfter) = (await DiagnoseAsync(cancellationToken), await UsedAsync(cancellationToken));
        var jobs = await ReadBackAsync(cancellationToken);

        var done = jobs.Values.Where(job => job is { State: "Completed", StartedAt: not null, FinishedAt: not null }).ToArray();
        var missing = plan.Jobs - done.Length;
        var repeated = done.Count(job => job.Attempt != 1);
        var span = done.Length == 0 ? TimeSpan.Zero : done.Max(job => job.FinishedAt!.Value) - done.Min(job => plan.Hold ? job.StartedAt!.Value : job.CreatedAt);
        return new BenchReport(
            plan.Jobs, missing == 0 && repeated == 0, missing, repeated, Rate(plan.Jobs, took), Rate(done.Length, span), Percentiles.Of(load.Requests),
            Percentiles.Of(done.Select(job => (job.StartedAt!.Value - job.CreatedAt).TotalMilliseconds)),
            Percentiles.Of(done.Select(job => (job.FinishedAt!.Value - job.CreatedAt).TotalMilliseconds)),
            before.ResidentBytes, Math.Max(peak, after.ResidentBytes), after.ResidentBytes, Math.Round((after.ProcessorTime - before.ProcessorTime).TotalSeconds, 2),
            ReportOf(usedBefore, usedQueued, usedAfter),
            $"{after.Version}, {after.Runtime}, durability {after.Durability}, {after.Processors} processors");
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var queue = await scope.Node.Client.GetQueueAsync(plan.Queue, cancellationToken);
            if (Unfinished.Sum(state => queue.States.GetValueOrDefault(state)) == 0)
                return;
            if (queue.Paused)
                throw new UsageException($"The queue '{plan.Queue}' is paused; resume it with `actorjobs queue resume {plan.Queue}`.");
            await DiagnoseAsync(cancellationToken);
            await Task.Delay(Look, scope.Host.Time, cancellationToken);
        }
    }

    // newest first: the jobs of this run are at the top, older runs below are not read
    private async Task<Dictionary<string, Job>> ReadBackAsync(CancellationToken cancellationToken)
    {
        var mine = Enumerable.Range(0, plan.Jobs).Select(plan.IdOf).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, Job>(plan.Jobs, StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await scope.Node.Client.ListJobsAsync(new JobQuery { Queue = plan.Queue, Limit = Page, Cursor = cursor }, cancellationToken);
            foreach (var job in page.Items.Where(job => mine.Contains(job.Id)))
                found[job.Id] = job;
            cursor = page.Next;
        }
        while (cursor is not null && found.Count < plan.Jobs);
        return found;
    }

    private async Task<Diagnostics> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var answer = await scope.Node.GetAsync("diagnostics", cancellationToken);
        var diagnostics = answer.Deserialize(ContractJson.Default.Diagnostics)!;
        peak = Math.Max(peak, diagnostics.ResidentBytes);
        return diagnostics;
    }

    private async Task<RedisUsage?> UsedAsync(CancellationToken cancellationToken) => redis is null ? null : await redis.ReadAsync(cancellationToken);

    private RedisReport? ReportOf(RedisUsage? before, RedisUsage? queued, RedisUsage? after) => (before, after) is ({ } first, { } last)
        ? new RedisReport(PerJob(1_000_000 * (last.CpuSeconds - first.CpuSeconds)), queued is { } held ? PerJob(held.Bytes - first.Bytes) : null, PerJob(last.Bytes - first.Bytes))
        : null;

    private double PerJob(double value) => Math.Round(value / plan.Jobs, 1);

    private static double Rate(int count, TimeSpan time) => time > TimeSpan.Zero ? Math.Round(count / time.TotalSeconds) : 0;
}
