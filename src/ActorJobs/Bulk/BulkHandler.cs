using System.Globalization;
using ActorJobs.Jobs;

namespace ActorJobs.Bulk;

/// <summary>
/// <c>builtin.bulk</c>: carries out one action upon all jobs of a filter, a page at a time. It remembers where it is, so that an attempt after a crash
/// goes on there; repeating a page harms nothing, for each command is refused by a job that had it. With a rate it lays out a minute's jobs and snoozes
/// meanwhile, so that a long action holds no slot.
/// </summary>
internal sealed class BulkHandler(JobClient jobs, IJobQueries queries, TimeProvider time) : IJobHandler<BulkArgs, BulkResult>
{
    public const string Kind = IBulkActions.Kind;

    /// <summary>A queue of its own: the one that the action is about may be paused or full.</summary>
    public const string Queue = "operations";

    private static readonly TimeSpan StopCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromHours(1);

    public async ValueTask<JobOutcome<BulkResult>> RunAsync(BulkArgs args, JobContext context)
    {
        var request = args.ToRequest();
        if (request.Action == BulkVerb.Undo && await IsUnderWayAsync(new JobId(request.Filter.ActionId!), context).ConfigureAwait(false))
        {
            return time.GetUtcNow() - args.AsOf < StopPatience
                ? JobOutcome.Snoozed(StopCheck)
                : JobOutcome.Discarded($"Action {request.Filter.ActionId} was asked to stop {StopPatience.TotalHours} h ago and still runs.");
        }

        var command = new BulkCommand(jobs, context.Id, request);
        var limit = request.Limit ?? BulkRequest.MaxJobs;
        var progress = context.TryGetCheckpoint(out BulkProgress? saved) && saved is not null ? saved : new BulkProgress(0, null, 0, 0);
        var pages = BulkSelection.ReadAsync(
            queries, request, new(progress.Filter, progress.Cursor), BulkPace.PageSize(request.PerSecond), context.Cancellation);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var due = page.Jobs.Where(job => job.Id != context.Id && IsOlder(job, args)).Take(limit - progress.Changed).ToArray();
            var from = Later(progress.NextAt, time.GetUtcNow());
            var results = await Task.WhenAll(due.Select((job, index) => command.SendAsync(job.Id, RunAt(from, index), context.Cancellation).AsTask())).ConfigureAwait(false);
            if (results.OfType<JobCommandResult.Unavailable>().FirstOrDefault() is { } away)
                return JobOutcome.Failed(away.Reason, away.RetryAfter, "Unavailable");
            var changed = results.Count(result => result is JobCommandResult.Done);
            progress = new BulkProgress(
                page.Next.Filter, page.Next.Cursor, progress.Changed + changed, progress.Refused + results.Length - changed, RunAt(from, due.Length));
            if (progress.Changed >= limit)
                break;
            await context.SaveCheckpointAsync(progress).ConfigureAwait(false);
            context.ReportProgress(0, string.Create(CultureInfo.InvariantCulture, $"{progress.Changed} changed, {progress.Refused} refused"));
            if (!page.IsLast && progress.NextAt is { } next && BulkPace.Rest(next, time.GetUtcNow()) is { } rest)
                return JobOutcome.Snoozed(rest);
        }

        return new BulkResult(progress.Changed, progress.Refused, progress.Changed >= limit);

        DateTimeOffset? RunAt(DateTimeOffset from, int index) => request.PerSecond is { } rate ? BulkPace.At(from, index, rate) : null;
    }

    /// <summary>Whether the job was already so when the action was asked for: what fails again after a retry is left alone.</summary>
    private static bool IsOlder(JobView job, BulkArgs args) => args.Action switch
    {
        BulkVerb.Retry or BulkVerb.Dismiss => job.FinishedAt ?? job.StartedAt ?? job.CreatedAt,
        _ => job.CreatedAt,
    } <= args.AsOf;

    // what an action changes after it was taken back would stay
    private async ValueTask<bool> IsUnderWayAsync(JobId action, JobContext context)
    {
        if (await jobs.FindAsync(action, context.Cancellation).ConfigureAwait(false) is not { } job || job.State.IsTerminal())
            return false;
        await jobs.CancelAsync(action, $"taken back by {context.Id}", context.Cancellation).ConfigureAwait(false);
        return true;
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
