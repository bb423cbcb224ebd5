using System.Runtime.CompilerServices;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Limits;
using ActorJobs.Queues;
using ActorJobs.Telemetry;
using ActorJobs.Workflows;

namespace ActorJobs.Jobs;

/// <summary>The in-process way to jobs: checks requests, keeps queues within their bounds, talks to the jobs' entities.</summary>
internal sealed class JobClient(
    EntityHost entities, IEntityStore store, JobRequestReader reader, QueueBoard board, JobWatchers watchers, JobMeter meter, ActorJobsOptions options,
    TimeProvider time) : IJobClient
{
    private static readonly TimeSpan ReplyDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);
    private const int MaxDraws = 1000; // a node without shards draws in vain
    private static readonly TimeSpan WatchRefresh = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RemoteWatchRefresh = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan QuotaRetry = TimeSpan.FromSeconds(5);
    private readonly WorkflowReading workflows = new(store);
    private readonly TenantQuotas quotas = new(board.Tenants, store, time);

    /// <summary>Draws an id for a job that was not given one.</summary>
    public required Func<JobId> DrawId { get; init; }

    private volatile string? closed = "The node is starting.";

    /// <summary>Whether work is accepted.</summary>
    public bool IsOpen => closed is null;

    /// <summary>Why no work is accepted, or null.</summary>
    public string? Closed => closed;

    /// <summary>Accepts work from now on.</summary>
    public void Open() => closed = null;

    /// <summary>Accepts nothing more: the node is going down.</summary>
    public void Close() => closed = "The node is draining, or shutting down.";

    public async ValueTask<SubmitResult> SubmitAsync(JobRequest request, CancellationToken cancellationToken = default) =>
        (await SubmitManyAsync([request], cancellationToken).ConfigureAwait(false))[0];

    public ValueTask<IReadOnlyList<SubmitResult>> SubmitManyAsync(
        IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default) => SubmitManyAsync(requests, NewId, cancellationToken);

    /// <summary>Submits jobs whose ids, where they are not given, depend on nothing but their parent, the key and their position.</summary>
    public ValueTask<IReadOnlyList<SubmitResult>> SubmitChildrenAsync(
        JobId parent, string key, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken) =>
        SubmitManyAsync(
            [.. requests.Select(request => request with { ParentId = parent })],
            (spec, index) => (ChildId(spec, parent, key, index), false),
            cancellationToken);

    private async ValueTask<IReadOnlyList<SubmitResult>> SubmitManyAsync(
        IReadOnlyList<JobRequest> requests, Func<JobSpec, int, (JobId Id, bool IsNew)> idOf, CancellationToken cancellationToken)
    {
        if (Unavailability() is var (reason, retryAfter))
            return [.. requests.Select(_ => new SubmitResult.Unavailable(reason, retryAfter))];
        using var activity = ActorJobsDiagnostics.StartSubmit(requests);
        if (board.Tenants.BoundsStored && await UnreadQuotasAsync(requests, cancellationToken).ConfigureAwait(false) is { } unread)
            return [.. requests.Select(_ => unread)];
        var batch = new SubmitBatch(requests.Count, store, entities, meter);
        for (var i = 0; i < requests.Count; i++)
            Prepare(requests[i], i, idOf, batch);
        batch.Send();
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
        return await ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } stored
            ? JobViews.Of(id, JobReading.StateOf(stored))
            : (await workflows.WaitingAsync(id, cancellationToken).ConfigureAwait(false))?.View();
    }

    public ValueTask<JobCommandResult> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default) =>
        AskAsync(id, new CancelJob(reason ?? "on request"), cancellationToken);

    public async ValueTask<JobCommandResult> RetryAsync(JobId id, RawJson? args = null, CancellationToken cancellationToken = default) =>
        await RetryAsync(id, new RetryJob(args), cancellationToken).ConfigureAwait(false);

    /// <summary>Retries, for a bulk action too.</summary>
    public async ValueTask<JobCommandResult> RetryAsync(JobId id, RetryJob retry, CancellationToken cancellationToken) =>
        await ProblemOfAsync(id, retry.Args, cancellationToken).ConfigureAwait(false) ?? await AskAsync(id, retry, cancellationToken).ConfigureAwait(false);

    /// <summary>Why a retry of a job with other arguments would be refused, or null: they have to fit the job's kind.</summary>
    public JobProblem? ProblemOf(JobView job, RawJson args) => args.IsNull ? null : reader.ProblemOf(job.Kind, args);

    private async ValueTask<JobCommandResult?> ProblemOfAsync(JobId id, RawJson? args, CancellationToken cancellationToken)
    {
        if (args is not { IsNull: false } given)
            return null;
        try
        {
            return await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } job ? new JobCommandResult.NotFound()
                : ProblemOf(job, given) is { } problem ? new JobCommandResult.Invalid(problem)
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new JobCommandResult.Unavailable("The store cannot be read; nothing has been changed.", OutageRetry);
        }
    }

    /// <summary>A command of a bulk action to one of its jobs.</summary>
    public ValueTask<JobCommandResult> CommandAsync(JobId id, JobCommand command, CancellationToken cancellationToken) => AskAsync(id, command, cancellationToken);

    public ValueTask<JobCommandResult> PromoteAsync(JobId id, CancellationToken cancellationToken = default) =>
        AskAsync(id, new PromoteJob(), cancellationToken);

    // Subscribed before the first read, so that no change falls between the two. What another node owns is looked at anew every so often instead.
    public async IAsyncEnumerable<JobView> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var subscription = watchers.Watch(id);
        StoredEntity? seen = null;
        for (var looks = 0; ; looks++)
        {
            var stored = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            var view = stored is null ? (await workflows.WaitingAsync(id, cancellationToken).ConfigureAwait(false))?.View()
                : JobViews.Of(id, JobReading.StateOf(stored));
            if (view is null)
                yield break;
            if (looks == 0 || (stored is not null && (seen is null || !IsSame(stored, seen))))
                yield return view;
            if (view.State.IsTerminal())
                yield break;

            seen = stored;
            while (await NextAsync(subscription, id, cancellationToken).ConfigureAwait(false) is { } next)
            {
                yield return next;
                if (next.State.IsTerminal())
                    yield break;
            }
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

    /// <summary>The next view seen by this node's own shards, or null when it is time to look for oneself.</summary>
    private async ValueTask<JobView?> NextAsync(JobWatchers.Subscription subscription, JobId id, CancellationToken cancellationToken)
    {
        var patience = entities.Owns(ShardHash.Of(id.Value, options.Shards)) ? WatchRefresh : RemoteWatchRefresh;
        try
        {
            return await subscription.Views.ReadAsync(cancellationToken).AsTask().WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async ValueTask<StoredEntity?> ReadAsync(JobId id, CancellationToken cancellationToken) =>
        JobId.IsValid(id.Value) ? (await store.ReadAsync([JobEntity.Key(id)], cancellationToken).ConfigureAwait(false))[0] : null;

    private static bool IsSame(StoredEntity one, StoredEntity other) =>
        one.Version == other.Version && one.Lease?.At == other.Lease?.At && (one.Lease?.Data ?? default).Span.SequenceEqual((other.Lease?.Data ?? default).Span);

    // a job on a shard of this node needs no other node to be accepted
    private JobId LocalId()
    {
        var id = DrawId();
        for (var i = 0; i < MaxDraws && !entities.Owns(ShardHash.Of(id.Value, options.Shards)); i++)
            id = DrawId();
        return id;
    }

    private void Prepare(JobRequest request, int index, Func<JobSpec, int, (JobId Id, bool IsNew)> idOf, SubmitBatch batch)
    {
        var (spec, problem) = reader.Read(request);
        if (spec is null)
        {
            meter.Refused(JobMeter.Other, "invalid");
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
        if (board.Tenants.BoundsStored && !quotas.TryTake(spec.Tenant))
        {
            meter.Refused(spec.Queue, "tenant-quota");
            batch.Settle(index, new SubmitResult.QueueFull(spec.Queue, QuotaRetry) { Tenant = spec.Tenant, Quota = quotas.QuotaOf(spec.Tenant) ?? 0 });
        }
        else if (queue.Settings.Draining || !queue.TryReserve())
        {
            meter.Refused(spec.Queue, "queue-full");
            batch.Settle(index, new SubmitResult.QueueFull(spec.Queue, queue.RetryAfter()) { IsDraining = queue.Settings.Draining });
        }
        else
        {
            var (id, isNew) = request.Id is { } given ? (given, false) : idOf(spec, index);
            batch.Add(index, id, spec, queue, isNew, ShardHash.Of(id.Value, options.Shards));
        }
    }

    private async ValueTask<SubmitResult?> UnreadQuotasAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            await quotas.RefreshAsync(requests.Select(request => request.Tenant), cancellationToken).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // whatever keeps the store from answering: nothing was accepted
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return new SubmitResult.Unavailable($"The store does not answer: {exception.Message}", OutageRetry);
        }
    }

    // a unique job lives on the shard of its key: so the shard's owner alone can see to the key, and it is unique in the whole store
    private (JobId Id, bool IsNew) NewId(JobSpec spec, int index) =>
        (spec.Unique is { } rule ? JobIds.NewOnShardOf(rule.Key, options.Shards, DrawId) : LocalId(), true);

    private JobId ChildId(JobSpec spec, JobId parent, string key, int index) =>
        spec.Unique is { } rule ? JobIds.ChildOnShardOf(rule.Key, options.Shards, parent, key, index) : JobIds.Child(parent, key, index);

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
        catch (EntityException exception) when (exception.Failure.Reason is EntityFailureReason.KeyHeld or EntityFailureReason.TooLarge)
        {
            return await RefusalAsync(id, exception.Failure, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EntityException or TimeoutException)
        {
            return new JobCommandResult.Unavailable(exception.Message, OutageRetry);
        }
    }

    // what was decided cannot be written as things are: trying again would not help
    private async ValueTask<JobCommandResult> RefusalAsync(JobId id, EntityFailure failure, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } job ? new JobCommandResult.NotFound()
        : failure.Reason == EntityFailureReason.KeyHeld ? new JobCommandResult.Refused(job.State, $"Job {failure.Detail} now holds its unique key.")
        : new JobCommandResult.Refused(job.State, $"It would be too large: {failure.Detail}.");

    private (string Reason, TimeSpan RetryAfter)? Unavailability() =>
        closed is { } reason ? (reason, TimeSpan.FromSeconds(5))
        : entities.Health.Current is { } outage ? ($"The store does not answer: {outage.Reason}", OutageRetry)
        : null;
}
