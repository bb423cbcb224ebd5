using System.Diagnostics;
using ActorJobs.Actors;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Queues;
using ActorJobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace ActorJobs.Pools;

/// <summary>
/// One try of one job: the handler's view of it, and what runs it. The handler's threads write progress and log, the pool's turns read them.
/// Who ends it, its slot or its pool, is decided by one compare-exchange.
/// </summary>
internal sealed class RunningAttempt : JobContext
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Over = 2;

    private readonly ClaimedJob job;
    private readonly JobKind kind;
    private readonly ActorRef<PoolMessage> pool;
    private readonly PoolContext host;
    private readonly AttemptLog log;
    private readonly Lock gate = new(); // guards cancellation and isCancelled
    private CancellationTokenSource? cancellation;
    private bool isCancelled;
    private int status;
    private long begunAt; // written by the slot, read by the pool's turns
    private IServiceScope? services;
    private Activity? activity; // set before the handler runs

    public RunningAttempt(ClaimedJob job, JobKind kind, ActorRef<PoolMessage> pool, PoolContext host)
    {
        (this.job, this.kind, this.pool, this.host) = (job, kind, pool, host);
        Id = new JobId(job.Key.Id);
        log = new AttemptLog(job.State.Checkpoint);
    }

    public override JobId Id { get; }

    public override string Kind => Spec.Kind;

    public override string Queue => Spec.Queue;

    public override int Attempt => job.State.Running!.Number;

    public override int MaxAttempts => Spec.MaxAttempts;

    public override string? Tenant => Spec.Tenant;

    public override IReadOnlyDictionary<string, string> Meta => Spec.Meta ?? JobRequest.EmptyMeta;

    public override string? WorkflowId => Spec.WorkflowId;

    public override string? TraceParent => activity?.Id ?? Spec.Trace;

    public override IServiceProvider Services => (services ??= host.Services.CreateScope()).ServiceProvider;

    public override CancellationToken Cancellation
    {
        get
        {
            lock (gate)
            {
                cancellation ??= new CancellationTokenSource();
                if (isCancelled)
                    cancellation.Cancel();
                return cancellation.Token;
            }
        }
    }

    public ClaimedJob Job => job;

    public JobSpec Spec => job.State.Spec!;

    public KindOptions Options => kind.Options;

    /// <summary>How long its code has run; zero before it began.</summary>
    public TimeSpan Elapsed => Volatile.Read(ref begunAt) is var began and not 0 ? host.Time.GetElapsedTime(began) : TimeSpan.Zero;

    /// <summary>How long its code ran, once it has ended by itself.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Set in the pool's turns when it was told to stop: why.</summary>
    public AttemptOutcome? Stopping { get; set; }

    /// <summary>Since when it is stopping, as a timestamp; the pool's turns.</summary>
    public long StoppingSince { get; set; }

    public AttemptReport Report => log.Report;

    /// <summary>How it ended, where that was not for its code to say. Written by the slot before it tells the pool.</summary>
    public AttemptOutcome? How { get; private set; }

    /// <summary>Whether its outcome is decided; what its code still brings counts no more.</summary>
    public bool IsOver => Volatile.Read(ref status) == Over;

    /// <summary>For the slot: false when the pool has given it back before.</summary>
    public bool TryBegin()
    {
        Volatile.Write(ref begunAt, host.Time.GetTimestamp());
        return Interlocked.CompareExchange(ref status, Begun, Waiting) == Waiting;
    }

    /// <summary>For the slot: false when the pool has abandoned it before.</summary>
    public bool TryEnd()
    {
        Duration = Elapsed;
        return Interlocked.CompareExchange(ref status, Over, Begun) == Begun;
    }

    /// <summary>For the pool: false when its code has begun.</summary>
    public bool TryGiveBack() => Interlocked.CompareExchange(ref status, Over, Waiting) == Waiting;

    /// <summary>For the pool: false when its code has ended, or not begun.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref status, Over, Begun) == Begun;

    /// <summary>What is new since the last call, or null.</summary>
    public AttemptReport? TakeNews() => log.TakeNews();

    public void Cancel()
    {
        CancellationTokenSource? source;
        lock (gate)
        {
            isCancelled = true;
            source = cancellation;
        }

        // callbacks of user code must not run in the pool's turn
        if (source is not null)
            host.Handlers.Schedule(new Cancelling(source));
    }

    public override void ReportProgress(double fraction, string? message = null) => log.Progress(fraction, message);

    public override void Log(string line) => log.Add(line, host.Time.GetUtcNow());

    public override async ValueTask SaveCheckpointAsync<T>(T checkpoint)
    {
        var json = AttemptLog.CheckpointOf(checkpoint);
        log.Checkpoint(json);
        var saved = new Completion<object?>(host.Handlers);
        pool.Tell(new PoolMessage.SaveCheckpoint(this, saved));
        switch (await saved.Task.ConfigureAwait(false))
        {
            case true:
                return;
            case EntityFailure failure:
                throw new ActorJobsException($"The checkpoint could not be stored: {failure.Detail}");
            default:
                throw new OperationCanceledException("This attempt is not the running one any more.");
        }
    }

    public override bool TryGetCheckpoint<T>(out T? checkpoint)
        where T : default
    {
        var stored = log.Report.Checkpoint;
        checkpoint = stored is { } json ? json.Deserialize<T>() : default;
        return stored is not null;
    }

    public override ValueTask<IReadOnlyList<SubmitResult>> SubmitChildrenAsync(
        string key, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default) =>
        host.Client.SubmitChildrenAsync(Id, key, requests, cancellationToken);

    public override ValueTask<IReadOnlyList<ParentResult>> GetParentsAsync(CancellationToken cancellationToken = default) =>
        host.WorkflowSource().Reading.ParentsAsync(Spec, cancellationToken);

    public override ValueTask<WorkflowCommandResult> AddToWorkflowAsync(
        IReadOnlyList<WorkflowJob> jobs, CancellationToken cancellationToken = default) => WorkflowId is { } workflow
            ? host.WorkflowSource().Client.AddAsync(workflow, jobs, cancellationToken)
            : base.AddToWorkflowAsync(jobs, cancellationToken);

    public override async Task<IReadOnlyList<JobView>> WaitForAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken = default)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Cancellation);
        return await Task.WhenAll(jobs.Select(id => host.Client.WaitAsync(id, linked.Token))).ConfigureAwait(false);
    }

    /// <summary>Runs the handler; whatever it does is an outcome.</summary>
    public async ValueTask<JobOutcome> RunAsync()
    {
        JobOutcome outcome;
        using var scope = host.Log.BeginScope(new JobLogScope(this, job.State.Running!.Node));
        using var activity = this.activity = ActorJobsDiagnostics.StartAttempt(Spec, Id.Value, Attempt, job.State.Since, job.State.Running.At);
        try
        {
            outcome = await kind.RunAsync(Spec.Args, this).ConfigureAwait(false);
        }
        catch (AttemptEndedException exception)
        {
            (How, outcome) = (exception.How, new JobOutcome.Failure(exception.Error, null));
        }
#pragma warning disable CA1031 // the executor boundary: what user code throws is the attempt's outcome
        catch (Exception exception)
        {
            outcome = AttemptErrors.OutcomeOf(exception, kind.Options, isCancelled);
        }
#pragma warning restore CA1031

        if (activity is not null)
            ActorJobsDiagnostics.Note(activity, outcome);
        if (services is not null)
            await DisposeServicesAsync().ConfigureAwait(false);
        return outcome;
    }

    private async ValueTask DisposeServicesAsync()
    {
        try
        {
            if (services is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            else
                services?.Dispose();
        }
#pragma warning disable CA1031 // a service that fails to be disposed does not change what the job has done
        catch (Exception exception)
        {
            log.Add($"disposing a service failed: {exception.Message}", host.Time.GetUtcNow());
        }
#pragma warning restore CA1031
    }

    private sealed class Cancelling(CancellationTokenSource source) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            try
            {
                source.Cancel();
            }
            catch (AggregateException)
            {
                // what callbacks of user code throw is theirs alone: the token is cancelled
            }
        }
    }
}
