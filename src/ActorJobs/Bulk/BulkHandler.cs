using System.Globalization;

namespace ActorJobs.Bulk;

/// <summary>
/// <c>builtin.bulk</c>: carries out one action upon all jobs of a filter, a page at a time. It remembers where it is, so that an attempt after a crash
/// goes on there; repeating a page harms nothing, for each command is refused by a job that had it.
/// </summary>
internal sealed class BulkHandler(IJobClient jobs, IJobQueries queries) : IJobHandler<BulkArgs, BulkResult>
{
    public const string Kind = "builtin.bulk";

    /// <summary>A queue of its own: the one that the action is about may be paused or full.</summary>
    public const string Queue = "operations";

    private const int PageSize = 500;

    public async ValueTask<JobOutcome<BulkResult>> RunAsync(BulkArgs args, JobContext context)
    {
        var request = new BulkRequest(args.Action, args.Filter.ToFilter(), args.Reason);
        var progress = context.TryGetCheckpoint(out BulkProgress? saved) && saved is not null ? saved : new BulkProgress(0, null, 0, 0);
        var pages = BulkSelection.ReadAsync(queries, request, new(progress.Filter, progress.Cursor), PageSize, context.Cancellation);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var due = page.Jobs.Where(job => job.Id != context.Id && IsOlder(job, args)).Take(BulkRequest.MaxJobs - progress.Changed).ToArray();
            var results = await Task.WhenAll(due.Select(job => ApplyAsync(job.Id, args, context).AsTask())).ConfigureAwait(false);
            if (results.OfType<JobCommandResult.Unavailable>().FirstOrDefault() is { } away)
                return JobOutcome.Failed(away.Reason, away.RetryAfter, "Unavailable");
            var changed = results.Count(result => result is JobCommandResult.Done);
            progress = new BulkProgress(page.Next.Filter, page.Next.Cursor, progress.Changed + changed, progress.Refused + results.Length - changed);
            if (progress.Changed >= BulkRequest.MaxJobs)
                break;
            await context.SaveCheckpointAsync(progress).ConfigureAwait(false);
            context.ReportProgress(0, string.Create(CultureInfo.InvariantCulture, $"{progress.Changed} changed, {progress.Refused} refused"));
        }

        return new BulkResult(progress.Changed, progress.Refused, progress.Changed >= BulkRequest.MaxJobs);
    }

    /// <summary>Whether the job was already so when the action was asked for: what fails again after a retry is left alone.</summary>
    private static bool IsOlder(JobView job, BulkArgs args) =>
        (args.Action == BulkVerb.Retry ? job.FinishedAt ?? job.StartedAt ?? job.CreatedAt : job.CreatedAt) <= args.AsOf;

    private ValueTask<JobCommandResult> ApplyAsync(JobId id, BulkArgs args, JobContext context) => args.Action switch
    {
        BulkVerb.Cancel => jobs.CancelAsync(id, args.Reason ?? $"by bulk action {context.Id}", context.Cancellation),
        BulkVerb.Retry => jobs.RetryAsync(id, null, context.Cancellation),
        BulkVerb.Promote => jobs.PromoteAsync(id, context.Cancellation),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>What to do, upon which jobs.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Filter">Which jobs.</param>
/// <param name="Reason">Why.</param>
/// <param name="AsOf">When it was asked for: jobs that came to their state later are left alone.</param>
internal sealed record BulkArgs(BulkVerb Action, BulkArgsFilter Filter, string? Reason, DateTimeOffset AsOf);

/// <summary>A filter as it is stored.</summary>
internal sealed record BulkArgsFilter(JobStatus? State, string? Queue, string? Kind, string? Tag, string? Tenant)
{
    public static BulkArgsFilter Of(JobFilter filter) => new(filter.State, filter.Queue, filter.Kind, filter.Tag, filter.Tenant);

    public JobFilter ToFilter() => new(State, Queue, Kind, Tag, Tenant);
}

/// <summary>Where it is.</summary>
internal sealed record BulkProgress(int Filter, string? Cursor, int Changed, int Refused);

/// <summary>What it did.</summary>
/// <param name="Changed">Jobs that the action changed.</param>
/// <param name="Refused">Jobs that had changed by themselves before the action came to them.</param>
/// <param name="LimitReached">Whether it ended at the limit; ask once more for the rest.</param>
internal sealed record BulkResult(int Changed, int Refused, bool LimitReached);
