using ActorJobs.Jobs;

namespace ActorJobs.Bulk;

/// <summary>Counts what a bulk action would change, and submits the job that does it.</summary>
internal sealed class BulkActions(JobClient jobs, IJobQueries queries, TimeProvider time) : IBulkActions
{
    private const int MaxExamined = 10_000;
    private const int PageSize = 1000;
    private const int SampleSize = 10;

    // the job must be there to be named for as long as it can be taken back
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    public async ValueTask<BulkPreview> PreviewAsync(BulkRequest request, CancellationToken cancellationToken = default)
    {
        // what the counters know exactly needs no counting
        var isCounted = request is { Filter: { Kind: null, Tag: null, Tenant: null, Signature: null, ActionId: null }, Sample: null };
        var preview = isCounted
            ? await FromCountersAsync(request, cancellationToken).ConfigureAwait(false)
            : await FromPagesAsync(request, cancellationToken).ConfigureAwait(false);
        if (request.Limit is { } limit && preview.Count >= limit)
            preview = preview with { Count = limit, IsLowerBound = false, Sample = [.. preview.Sample.Take(limit)] };
        return request.Edit is { } edit
            ? preview with { Edits = await EditsAsync(preview.Sample, edit, cancellationToken).ConfigureAwait(false) }
            : preview;
    }

    public ValueTask<SubmitResult> StartAsync(BulkRequest request, CancellationToken cancellationToken = default) =>
        request.Problem() is var (field, rule)
            ? new(new SubmitResult.Invalid(new JobProblem("invalid-field", rule, field)))
            : jobs.SubmitAsync(
                JobRequest.Of(BulkHandler.Kind, BulkArgs.Of(request, time.GetUtcNow()))
                    with
                { Queue = BulkHandler.Queue, Priority = 9, Tags = request.Action == BulkVerb.Undo ? ["bulk", "undo"] : ["bulk"], Retention = Retention },
                cancellationToken);

    public async ValueTask<BulkUndoResult> PreviewUndoAsync(JobId action, CancellationToken cancellationToken = default) =>
        await ProblemOfUndoAsync(action, cancellationToken).ConfigureAwait(false)
        ?? new BulkUndoResult.Possible(await PreviewAsync(UndoOf(action, null), cancellationToken).ConfigureAwait(false), null);

    public async ValueTask<BulkUndoResult> UndoAsync(JobId action, string? reason = null, CancellationToken cancellationToken = default)
    {
        var result = await PreviewUndoAsync(action, cancellationToken).ConfigureAwait(false);
        return result is BulkUndoResult.Possible possible
            ? possible with { Submitted = await StartAsync(UndoOf(action, reason), cancellationToken).ConfigureAwait(false) }
            : result;
    }

    private static BulkRequest UndoOf(JobId action, string? reason) => new(BulkVerb.Undo, new JobFilter { ActionId = action.Value }, reason);

    private async ValueTask<BulkUndoResult?> ProblemOfUndoAsync(JobId action, CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(action.Value) || await jobs.FindAsync(action, cancellationToken).ConfigureAwait(false) is not { Kind: BulkHandler.Kind } job)
            return new BulkUndoResult.NotFound();
        if (job.Args.Deserialize<BulkArgs>() is { Action: BulkVerb.Undo })
            return new BulkUndoResult.Refused("undo-of-undo", "What takes an action back cannot be taken back itself. Ask for the action once more.");
        return job.FinishedAt + IBulkActions.UndoWindow < time.GetUtcNow()
            ? new BulkUndoResult.Refused("undo-too-late", $"The action ended at {job.FinishedAt:u}; it could be taken back for {IBulkActions.UndoWindow.TotalHours} hours.")
            : null;
    }

    private async ValueTask<IReadOnlyList<BulkEdit>> EditsAsync(IReadOnlyList<JobView> sample, RawJson edit, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(sample.Select(job => jobs.FindAsync(job.Id, cancellationToken).AsTask())).ConfigureAwait(false);
        return [.. found.OfType<JobView>().Select(job => EditOf(job, edit))];
    }

    private BulkEdit EditOf(JobView job, RawJson edit)
    {
        var after = MergePatch.Apply(job.Args, edit);
        return new BulkEdit(job.Id, job.Args, after) { Problem = jobs.ProblemOf(job, after) };
    }

    private async ValueTask<BulkPreview> FromPagesAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        var (count, pages, isLast) = (0L, 0, true);
        var sample = new List<JobView>(SampleSize);
        await foreach (var page in BulkSelection.ReadAsync(queries, request, default, PageSize, cancellationToken).ConfigureAwait(false))
        {
            count += page.Jobs.Count;
            sample.AddRange(page.Jobs.Take(SampleSize - sample.Count));
            isLast = page.IsLast;
            if (++pages == MaxExamined / PageSize)
                break;
        }

        return new BulkPreview(count, !isLast, sample);
    }

    private async ValueTask<BulkPreview> FromCountersAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        var stats = await queries.StatsAsync(cancellationToken).ConfigureAwait(false);
        var states = BulkRequest.StatesOf(request.Action).Where(state => request.Filter.State is null || request.Filter.State == state).ToArray();
        var count = stats.Queues.Where(queue => request.Filter.Queue is null || queue.Name == request.Filter.Queue)
            .Sum(queue => states.Sum(state => queue.States.GetValueOrDefault(state)));
        var sample = new List<JobView>(SampleSize);
        // as many pages as there are states, plus those that lost a race with a job on its way
        var pages = 0;
        await foreach (var page in BulkSelection.ReadAsync(queries, request, default, SampleSize, cancellationToken).ConfigureAwait(false))
        {
            sample.AddRange(page.Jobs.Take(SampleSize - sample.Count));
            if (sample.Count == SampleSize || ++pages == MaxExamined / PageSize)
                break;
        }

        return new BulkPreview(count, IsLowerBound: false, sample);
    }
}
