using System.Runtime.CompilerServices;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Queues;

namespace ActorJobs.Jobs;

/// <summary>The in-process way to jobs: checks requests, keeps queues within their bounds, talks to the jobs' entities.</summary>
internal sealed class JobClient(
    EntityHost entities, IEntityStore store, JobRequestReader reader, QueueBoard board, JobWatchers watchers, ActorJobsOptions options, TimeProvider time)
    : IJobClient
{
    private static readonly TimeSpan ReplyDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WatchRefresh = TimeSpan.FromSeconds(15);

    private volatile string? closed = "The node is starting.";

    /// <summary>Whether work is accepted.</summary>
    public bool IsOpen => closed is null;

    /// <summary>Accepts work from now on.</summary>
    public void Open() => closed = null;

    /// <summary>Accepts nothing more: the node is going down.</summary>
    public void Close() => closed = "The node is shutting down.";

    public async ValueTask<SubmitResult> SubmitAsync(JobRequest request, CancellationToken cancellationToken = default) =>
        (await SubmitManyAsync([request], cancellationToken).ConfigureAwait(false))[0];

    public async ValueTask<IReadOnlyList<SubmitResult>> SubmitManyAsync(
        IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        if (Unavailability() is var (reason, retryAfter))
            return [.. requests.Select(_ => new SubmitResult.Unavailable(reason, retryAfter))];
        var batch = new SubmitBatch(requests.Count, store.Durability);
        for (var i = 0; i < requests.Count; i++)
            Prepare(requests[i], i, batch);
        batch.Send(entities);
        try
        {
            return await batch.Results.WaitAsync(ReplyDeadline, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return batch.ResultsSoFar(new SubmitResult.Unavailable("The store has not answered in time; whether the job was accepted is not known.", OutageRetry));
        }
    }

    public async ValueTask<JobView?> FindAsync(JobId id, CancellationToken cancellationToken = default)
    {
        if (!JobId.IsValid(id.Value))
            return null;
        var stored = await store.ReadAsync([JobEntity.Key(id)], cancellationToken).ConfigureAwait(false);
        return stored[0] is { } entity ? JobViews.Of(id, JobReading.StateOf(entity)) : null;
    }

    public ValueTask<JobCommandResult> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default) =>
        AskAsync(id, new CancelJob(reason ?? "on request"), cancellationToken);

    public ValueTask<JobCommandResult> RetryAsync(JobId id, RawJson? args = null, CancellationToken cancellationToken = default) =>
        AskAsync(id, new RetryJob(args), cancellationToken);

    public ValueTask<JobCommandResult> PromoteAsync(JobId id, CancellationToken cancellationToken = default) =>
        AskAsync(id, new PromoteJob(), cancellationToken);

    // Subscribed before the first read, so that no change falls between the two; refreshed now and then, for changes seen by another node.
    public async IAsyncEnumerable<JobView> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var subscription = watchers.Watch(id);
        var last = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (last is null)
            yield break;
        yield return last;
        while (!last.State.IsTerminal())
        {
            var next = await NextAsync(subscription, id, cancellationToken).ConfigureAwait(false);
            if (next is null)
                yield break;
            last = next;
            yield return last;
        }
    }

    /// <summary>Waits for a job's end.</summary>
    public async Task<JobView> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        JobView? last = null;
        await foreach (var view in WatchAsync(id, cancellationToken).ConfigureAwait(false))
            last = view;
        return last ?? throw new ActorJobsException($"There is no job {id}.");
    }

    private async ValueTask<JobView?> NextAsync(JobWatchers.Subscription subscription, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await subscription.Views.ReadAsync(cancellationToken).AsTask().WaitAsync(WatchRefresh, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await FindAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Prepare(JobRequest request, int index, SubmitBatch batch)
    {
        var (spec, problem) = reader.Read(request);
        if (spec is null)
        {
            batch.Settle(index, new SubmitResult.Invalid(problem!));
            return;
        }

        if (!board.Admits(spec.Queue))
        {
            batch.Settle(index, new SubmitResult.Invalid(new JobProblem(
                "too-many-queues", $"'{spec.Queue}' would be one queue too many; at most {QueueBoard.MaxQueues} have jobs. Use tags or tenants to tell jobs apart.", "queue")));
            return;
        }

        var queue = board.Of(spec.Queue);
        if (queue.Settings.Draining || !queue.TryReserve())
        {
            batch.Settle(index, new SubmitResult.QueueFull(spec.Queue, queue.RetryAfter()));
        }
        else
        {
            var id = request.Id ?? (spec.Unique is { } rule ? JobIds.NewOnShardOf(rule.Key, options.Shards, time) : JobIds.New(time));
            batch.Add(index, id, spec, queue, isNew: request.Id is null, ShardHash.Of(id.Value, options.Shards));
        }
    }

    private async ValueTask<JobCommandResult> AskAsync(JobId id, JobCommand command, CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(id.Value))
            return new JobCommandResult.NotFound();
        if (entities.Health.Current is { } outage)
            return new JobCommandResult.Unavailable(outage.Reason, OutageRetry);
        try
        {
            return await entities.AskAsync<JobCommandResult>(JobEntity.Key(id), command, null, cancellationToken)
                .AsTask().WaitAsync(ReplyDeadline, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EntityException or TimeoutException)
        {
            return new JobCommandResult.Unavailable(exception.Message, OutageRetry);
        }
    }

    private (string Reason, TimeSpan RetryAfter)? Unavailability() =>
        closed is { } reason ? (reason, TimeSpan.FromSeconds(5))
        : entities.Health.Current is { } outage ? ($"The store does not answer: {outage.Reason}", OutageRetry)
        : null;
}
