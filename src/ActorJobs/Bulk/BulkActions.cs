namespace ActorJobs.Bulk;

/// <summary>Counts what a bulk action would change, and submits the job that does it.</summary>
internal sealed class BulkActions(IJobClient jobs, IJobQueries queries, TimeProvider time) : IBulkActions
{
    private const int MaxExamined = 10_000;
    private const int PageSize = 1000;
    private const int SampleSize = 10;

    public async ValueTask<BulkPreview> PreviewAsync(BulkRequest request, CancellationToken cancellationToken = default)
    {
        // what the counters know exactly needs no counting
        if (request.Filter is { Kind: null, Tag: null, Tenant: null })
            return await FromCountersAsync(request, cancellationToken).ConfigureAwait(false);
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

    public ValueTask<SubmitResult> StartAsync(BulkRequest request, CancellationToken cancellationToken = default) =>
        jobs.SubmitAsync(
            JobRequest.Of(BulkHandler.Kind, new BulkArgs(request.Action, BulkArgsFilter.Of(request.Filter), request.Reason, time.GetUtcNow()))
                with
            { Queue = BulkHandler.Queue, Priority = 9, Tags = ["bulk"] },
            cancellationToken);

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
