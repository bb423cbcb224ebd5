namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>The context of one attempt in <see cref="FakeEngine"/>.</summary>
internal sealed class FakeJobContext(FakeEngine engine, FakeJob job, KindOptions options, IServiceProvider services) : JobContext
{
    public override JobId Id => job.Id;

    public override string Kind => job.Request.Kind;

    public override string Queue => options.Queue;

    // of this attempt, also when the job has a later one by now
    public override int Attempt { get; } = job.Attempt;

    public override int MaxAttempts => options.MaxAttempts;

    public override string? Tenant => job.Request.Tenant;

    public override IReadOnlyDictionary<string, string> Meta => job.Request.Meta;

    public override CancellationToken Cancellation => CancellationToken.None;

    public override IServiceProvider Services => services;

    public override void ReportProgress(double fraction, string? message = null)
    {
        Assert.InRange(fraction, 0, 1);
        job.Progress.Add((fraction, message));
    }

    public override void Log(string line) => Assert.NotEmpty(line);

    public override ValueTask SaveCheckpointAsync<T>(T checkpoint) => throw new NotSupportedException();

    public override bool TryGetCheckpoint<T>(out T? checkpoint)
        where T : default => throw new NotSupportedException();

    public override ValueTask<IReadOnlyList<SubmitResult>> SubmitChildrenAsync(
        string key, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default) =>
        new([.. requests.Select((request, i) => engine.Submit(request with { ParentId = Id }, request.Id ?? new JobId($"{Id}.{key}.{i}")))]);

    public override Task<IReadOnlyList<JobView>> WaitForAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A scrape must not hold a slot while it waits.");
}
