using System.Runtime.CompilerServices;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>
/// Runs jobs one after another in the order of submission, with the handlers as they are registered. Retries follow at once; waits are only noted.
/// </summary>
internal sealed class FakeEngine : IJobClient
{
    private readonly Dictionary<JobId, FakeJob> jobs = [];
    private readonly Queue<FakeJob> queue = new();

    public IReadOnlyCollection<FakeJob> Jobs => jobs.Values;

    /// <summary>When set, the answer to every submit.</summary>
    public SubmitResult? Refusal { get; set; }

    /// <summary>Runs what is queued and what that submits, until nothing is left.</summary>
    public async Task RunAllAsync(IServiceProvider services)
    {
        var kinds = services.GetServices<JobKind>().ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        for (var ran = 0; queue.TryDequeue(out var job); ran++)
        {
            Assert.True(ran < 1_000, $"no end in sight at {job.Request.Kind}");
            if (!job.State.IsTerminal())
                await RunAsync(job, kinds[job.Request.Kind], services);
        }
    }

    /// <summary>One attempt of a job, whatever became of it before: a node may die after the work and before the outcome is stored.</summary>
    public async Task<JobOutcome?> RunAgainAsync(FakeJob job, IServiceProvider services)
    {
        var kind = services.GetServices<JobKind>().Single(kind => kind.Name == job.Request.Kind);
        await RunAsync(job, kind, services);
        return job.Outcome;
    }

    public SubmitResult Submit(JobRequest request, JobId id)
    {
        if (Refusal is { } refusal)
            return refusal;
        var isNew = !jobs.TryGetValue(id, out var job);
        if (isNew)
            queue.Enqueue(jobs[id] = job = new FakeJob(id, request));
        return new SubmitResult.Accepted(id, job!.State, "memory", isNew);
    }

    public ValueTask<SubmitResult> SubmitAsync(JobRequest request, CancellationToken cancellationToken = default) =>
        new(Submit(request, request.Id ?? new JobId($"job-{jobs.Count + 1}")));

    public async ValueTask<IReadOnlyList<SubmitResult>> SubmitManyAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        var results = new List<SubmitResult>();
        foreach (var request in requests)
            results.Add(await SubmitAsync(request, cancellationToken));
        return results;
    }

    public ValueTask<JobView?> FindAsync(JobId id, CancellationToken cancellationToken = default) => new(jobs.GetValueOrDefault(id)?.View());

    public ValueTask<JobCommandResult> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default)
    {
        if (!jobs.TryGetValue(id, out var job))
            return new(new JobCommandResult.NotFound());
        job.State = job.State.IsTerminal() ? job.State : JobStatus.Cancelled;
        return new(new JobCommandResult.Done(job.State));
    }

    public ValueTask<JobCommandResult> RetryAsync(JobId id, RawJson? args = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<JobCommandResult> PromoteAsync(JobId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<JobView> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return jobs[id].View();
    }

    private async Task RunAsync(FakeJob job, JobKind kind, IServiceProvider services)
    {
        job.Attempt++;
        var context = new FakeJobContext(this, job, kind.Options, services);
        try
        {
            job.Outcome = await kind.RunAsync(job.Request.Args, context);
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            job.Outcome = exception is PermanentJobException
                ? new JobOutcome.Discard(new JobError(exception.GetType().Name, exception.Message, null))
                : new JobOutcome.Failure(new JobError(exception.GetType().Name, exception.Message, exception.ToString()), null);
        }

        job.State = job.Outcome switch
        {
            JobOutcome.Completion => JobStatus.Completed,
            JobOutcome.Cancellation => JobStatus.Cancelled,
            JobOutcome.Failure when job.Attempt < kind.Options.MaxAttempts => JobStatus.Retryable,
            JobOutcome.Snooze => JobStatus.Retryable,
            _ => JobStatus.Discarded,
        };
        if (job.State == JobStatus.Retryable)
            queue.Enqueue(job);
    }
}

/// <summary>A job of <see cref="FakeEngine"/>.</summary>
internal sealed class FakeJob(JobId id, JobRequest request)
{
    public JobId Id => id;

    public JobRequest Request => request;

    public JobStatus State { get; set; } = JobStatus.Available;

    public int Attempt { get; set; }

    public JobOutcome? Outcome { get; set; }

    public List<(double Fraction, string? Message)> Progress { get; } = [];

    public JobView View() => new() { Id = id, Kind = request.Kind, State = State, Queue = request.Queue ?? "default", Attempt = Attempt };
}
