using System.Collections.Concurrent;

namespace ActorJobs.Workloads.Tests;

/// <summary>
/// Runs handlers without an engine: a child starts when it is submitted, and its outcome and the checkpoints outlive the attempts of its parent, as
/// they do in the store.
/// </summary>
internal sealed class FakeJobs(IServiceProvider services)
{
    private readonly Dictionary<string, JobKind> kinds = services.GetServices<JobKind>().ToDictionary(kind => kind.Name);
    private readonly ConcurrentDictionary<JobId, Task<JobView>> children = new();
    private readonly ConcurrentDictionary<JobId, RawJson> checkpoints = new();
    private int running;

    /// <summary>The most children that ran at once.</summary>
    public int MostRunning { get; private set; }

    /// <summary>Every child that was run, in the order they ended.</summary>
    public ConcurrentQueue<JobView> Ended { get; } = new();

    /// <summary>Called when a child has ended.</summary>
    public Action<JobView> OnEnded { get; set; } = static _ => { };

    public async Task<JobView> RunAsync(JobRequest request, string id, int attempt = 1, CancellationToken cancellationToken = default)
    {
        var context = new FakeJobContext(this, new JobId(id), request.Kind, attempt, services, cancellationToken);
        var view = new JobView { Id = context.Id, Kind = request.Kind, State = JobStatus.Running, Queue = kinds[request.Kind].Options.Queue, Args = request.Args };
        try
        {
            return await kinds[request.Kind].RunAsync(request.Args, context) switch
            {
                JobOutcome.Completion completion => view with { State = JobStatus.Completed, Result = completion.Result },
                JobOutcome.Discard discard => view with { State = JobStatus.Discarded, Error = discard.Error },
                JobOutcome.Failure failure => view with { State = JobStatus.Retryable, Error = failure.Error },
                var other => throw new NotSupportedException($"{other}"),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return view with { State = JobStatus.Discarded, Error = new JobError(exception.GetType().Name, exception.Message, exception.StackTrace) };
        }
    }

    internal SubmitResult Submit(JobId parent, string key, int position, JobRequest request)
    {
        var id = request.Id ?? new JobId($"{parent}.{key}.{position}");
        var isNew = false;
        children.GetOrAdd(id, _ =>
        {
            isNew = true;
            return Task.Run(() => RunChildAsync(id, request with { ParentId = parent }));
        });
        return new SubmitResult.Accepted(id, JobStatus.Available, "memory", isNew);
    }

    internal Task<JobView> EndOf(JobId id) => children[id];

    internal void Save(JobId id, RawJson checkpoint) => checkpoints[id] = checkpoint;

    internal bool TryLoad(JobId id, out RawJson checkpoint) => checkpoints.TryGetValue(id, out checkpoint);

    private async Task<JobView> RunChildAsync(JobId id, JobRequest request)
    {
        lock (children)
            MostRunning = Math.Max(MostRunning, ++running);
        var view = await RunAsync(request, id.Value);
        lock (children)
            running--;
        Ended.Enqueue(view);
        OnEnded(view);
        return view;
    }
}
