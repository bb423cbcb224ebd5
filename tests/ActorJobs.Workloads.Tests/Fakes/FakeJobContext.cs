using System.Collections.Concurrent;

namespace ActorJobs.Workloads.Tests;

/// <summary>A context whose job is run by <see cref="FakeJobs"/>.</summary>
internal sealed class FakeJobContext(FakeJobs jobs, JobId id, string kind, int attempt, IServiceProvider services, CancellationToken cancellation) : JobContext
{
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What was said with each progress.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public override JobId Id => id;

    public override string Kind => kind;

    public override string Queue => "default";

    public override int Attempt => attempt;

    public override int MaxAttempts => 10;

    public override string? Tenant => null;

    public override IReadOnlyDictionary<string, string> Meta { get; } = new Dictionary<string, string>();

    public override CancellationToken Cancellation => cancellation;

    public override IServiceProvider Services => services;

    public override void ReportProgress(double fraction, string? message = null)
    {
        Assert.InRange(fraction, 0, 1);
        Messages.Enqueue(message ?? "");
    }

    public override void Log(string line) => Lines.Enqueue(line);

    public override ValueTask SaveCheckpointAsync<T>(T checkpoint)
    {
        jobs.Save(id, RawJson.Of(checkpoint));
        return ValueTask.CompletedTask;
    }

    public override bool TryGetCheckpoint<T>(out T? checkpoint) where T : default
    {
        var found = jobs.TryLoad(id, out var raw);
        checkpoint = found ? raw.Deserialize<T>() : default;
        return found;
    }

    public override ValueTask<IReadOnlyList<SubmitResult>> SubmitChildrenAsync(
        string key, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<SubmitResult>>([.. requests.Select((request, position) => jobs.Submit(id, key, position, request))]);
    }

    public override async Task<IReadOnlyList<JobView>> WaitForAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(ids.Select(jobs.EndOf)).WaitAsync(cancellationToken);
}
