using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ActorJobs.Server.Tests;

/// <summary>The engine as the front door sees it, in memory: jobs go where the test puts them, and answers are what the test says.</summary>
public sealed partial class FakeEngine : IJobClient
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, JobView> jobs = [];
    private readonly Dictionary<JobId, long> order = [];
    private readonly Dictionary<JobId, List<JobEventView>> histories = [];
    private readonly List<Channel<JobView>> watchers = [];

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public HashSet<string> Kinds { get; } = ["mail.send", "report.build"];

    /// <summary>Every request that came through, in order.</summary>
    public List<JobRequest> Requests { get; } = [];

    /// <summary>What every submit and command is answered with instead, by request.</summary>
    public Func<JobRequest, SubmitResult?> Answer { get; set; } = _ => null;

    /// <summary>What reads fail with, as while the store is away.</summary>
    public Exception? Failure { get; set; }

    public FakeBulk Bulk { get; } = new();

    public bool IsReady { get; set; } = true;

    public string? CancelReason { get; private set; }

    public ValueTask<SubmitResult> SubmitAsync(JobRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new(Submit(request));
    }

    public ValueTask<IReadOnlyList<SubmitResult>> SubmitManyAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        lock (gate)
            return new((IReadOnlyList<SubmitResult>)[.. requests.Select(Submit)]);
    }

    public ValueTask<JobView?> FindAsync(JobId id, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
            throw Failure;
        lock (gate)
            return new(order.TryGetValue(id, out var place) ? jobs[place] : null);
    }

    public async ValueTask<JobCommandResult> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default)
    {
        CancelReason = reason;
        return await CommandAsync(id, job => job.State.IsTerminal() ? null : job with { State = JobStatus.Cancelled, FinishedAt = Start });
    }

    public ValueTask<JobCommandResult> RetryAsync(JobId id, RawJson? args = null, CancellationToken cancellationToken = default) =>
        CommandAsync(id, job => job.State is JobStatus.Discarded or JobStatus.Cancelled or JobStatus.Retryable
            ? job with { State = JobStatus.Available, Args = args ?? job.Args }
            : null);

    public ValueTask<JobCommandResult> PromoteAsync(JobId id, CancellationToken cancellationToken = default) =>
        CommandAsync(id, job => job.State is JobStatus.Scheduled or JobStatus.Retryable ? job with { State = JobStatus.Available } : null);

    public async IAsyncEnumerable<JobView> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<JobView>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            watchers.Add(channel);
            channel.Writer.TryWrite(jobs[order[id]]);
        }

        await foreach (var job in channel.Reader.ReadAllAsync(cancellationToken))
        {
            if (job.Id != id)
                continue;
            yield return job;
            if (job.State.IsTerminal())
                yield break;
        }
    }

    /// <summary>Puts a job in, or changes it, as the engine would.</summary>
    public JobView Put(JobView job)
    {
        lock (gate)
        {
            if (!order.TryGetValue(job.Id, out var place))
                order[job.Id] = place = order.Count;
            jobs[place] = job;
            var history = histories.TryGetValue(job.Id, out var known) ? known : histories[job.Id] = [];
            history.Add(new JobEventView(history.Count + 1, $"job.{job.State.ToString().ToLowerInvariant()}.v1", job.FinishedAt ?? Start, RawJson.Of(new { job.Attempt })));
            foreach (var watcher in watchers)
                watcher.Writer.TryWrite(job);
            return job;
        }
    }

    private SubmitResult Submit(JobRequest request)
    {
        Requests.Add(request);
        if (Answer(request) is { } answer)
            return answer;
        if (!Kinds.Contains(request.Kind))
            return new SubmitResult.Invalid(new JobProblem("unknown-kind", $"There is no kind '{request.Kind}'. Known: {string.Join(", ", Kinds)}.", "kind"));
        var id = request.Id ?? new JobId(Guid.CreateVersion7().ToString());
        if (order.TryGetValue(id, out var place))
            return new SubmitResult.Accepted(id, jobs[place].State, "memory", IsNew: false);
        var job = Put(new JobView
        {
            Id = id,
            Kind = request.Kind,
            State = request.RunAt > Start ? JobStatus.Scheduled : JobStatus.Available,
            Queue = request.Queue ?? "default",
            Priority = request.Priority ?? 5,
            MaxAttempts = request.MaxAttempts ?? 10,
            Args = request.Args,
            CreatedAt = Start,
            RunAt = request.RunAt,
            Tenant = request.Tenant,
            Tags = request.Tags,
            Meta = request.Meta,
            ParentId = request.ParentId,
        });
        return new SubmitResult.Accepted(id, job.State, "memory", IsNew: true);
    }

    private ValueTask<JobCommandResult> CommandAsync(JobId id, Func<JobView, JobView?> change)
    {
        lock (gate)
        {
            if (!order.TryGetValue(id, out var place))
                return new(new JobCommandResult.NotFound());
            return new(change(jobs[place]) is { } changed
                ? new JobCommandResult.Done(Put(changed).State)
                : new JobCommandResult.Refused(jobs[place].State, "the state does not allow it."));
        }
    }
}
