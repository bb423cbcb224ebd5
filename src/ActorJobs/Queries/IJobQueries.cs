namespace ActorJobs;

/// <summary>Reads about many jobs at once. Every call costs by the page it returns, never by what is stored.</summary>
public interface IJobQueries
{
    /// <summary>Jobs that match all of the filter, newest first, from where the cursor points.</summary>
    /// <param name="filter">What to match.</param>
    /// <param name="cursor">The last page's <see cref="JobPage.Next"/>, or null for the first page. A cursor that is none of ours throws <see cref="FormatException"/>.</param>
    /// <param name="limit">1 to 1 000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<JobPage> ListAsync(JobFilter filter, string? cursor, int limit, CancellationToken cancellationToken = default);

    /// <summary>A job with the request it is made of, for whoever takes it elsewhere; null when there is no such job, or it waits for its parents.</summary>
    ValueTask<RequestedJob?> FindWithRequestAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>How many jobs of a tenant are in each state, exactly; states with none are left out. Costs nothing by the jobs there are.</summary>
    ValueTask<IReadOnlyDictionary<JobStatus, long>> CountTenantAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>The job's events, oldest first, from version <paramref name="after"/> on, or null when there is no such job.</summary>
    ValueTask<IReadOnlyList<JobEventView>?> HistoryAsync(JobId id, long after = 0, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Why the job does not run, or what it does, or null when there is no such job.</summary>
    ValueTask<WhyView?> WhyAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Counts, rates and queues at this instant.</summary>
    ValueTask<StatsView> StatsAsync(CancellationToken cancellationToken = default);

    /// <summary>Everything that changed on this node since the last item, coalesced, at most 4 times a second; the first item comes at once.</summary>
    IAsyncEnumerable<StatsView> WatchStatsAsync(CancellationToken cancellationToken = default);
}

/// <summary>What to list. All that is set must match.</summary>
public sealed record JobFilter(
    JobStatus? State = null, string? Queue = null, string? Kind = null, string? Tag = null, string? Tenant = null)
{
    /// <summary>What its last error has in common with others: an <see cref="ErrorSignature.Id"/>.</summary>
    public string? Signature { get; init; }

    /// <summary>The bulk action that changed it last: <see cref="JobView.ActionId"/>.</summary>
    public string? ActionId { get; init; }
}

/// <summary>A page of jobs.</summary>
/// <param name="Items">The jobs, without arguments, results and logs.</param>
/// <param name="Next">The cursor of the next page, or null at the end. A page may be short and still have a next one.</param>
public sealed record JobPage(IReadOnlyList<JobView> Items, string? Next);

/// <summary>A job and what it is made of.</summary>
/// <param name="Job">Everything about it.</param>
/// <param name="Request">The request, with its kind's options filled in.</param>
public sealed record RequestedJob(JobView Job, JobRequest Request);

/// <summary>One event of a job's history.</summary>
/// <param name="Version">Its place, from 1 without gaps.</param>
/// <param name="Type">Its stable type name, for instance <c>job.completed.v1</c>.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Data">What it says.</param>
public sealed record JobEventView(long Version, string Type, DateTimeOffset At, RawJson Data);

/// <summary>Why a job is where it is.</summary>
/// <param name="State">Its state.</param>
/// <param name="Summary">The answer in one sentence.</param>
/// <param name="Reasons">The facts behind it, one sentence each.</param>
/// <param name="Ahead">How many jobs of its queue come before it, if it waits for a slot; a lower bound when <see cref="AheadIsLowerBound"/>.</param>
/// <param name="AheadIsLowerBound">Whether more may be ahead than were counted.</param>
/// <param name="PredictedStart">When it should start by the measured rate.</param>
public sealed record WhyView(
    JobStatus State, string Summary, IReadOnlyList<string> Reasons, long? Ahead, bool AheadIsLowerBound, DateTimeOffset? PredictedStart);

/// <summary>The node at one instant.</summary>
public sealed record StatsView
{
    /// <summary>How many jobs are in each state.</summary>
    public required IReadOnlyDictionary<JobStatus, long> States { get; init; }

    /// <summary>The queues, by name.</summary>
    public required IReadOnlyList<QueueView> Queues { get; init; }

    /// <summary>The pools, by name.</summary>
    public required IReadOnlyList<PoolView> Pools { get; init; }

    /// <summary>The circuit breakers that are configured or not closed, by name.</summary>
    public IReadOnlyList<BreakerView> Breakers { get; init; } = [];

    /// <summary>What happened per second over the last 10 seconds.</summary>
    public required RatesView Rates { get; init; }

    /// <summary>The last 60 seconds, one entry a second, oldest first.</summary>
    public required IReadOnlyList<RatesView> Recent { get; init; }

    /// <summary>How many nodes are alive.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The instant.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Events per second.</summary>
public sealed record RatesView(double Submitted, double Started, double Completed, double Failed, double Discarded);

/// <summary>A queue at one instant.</summary>
public sealed record QueueView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How many of its jobs are in each state; states with none are left out.</summary>
    public required IReadOnlyDictionary<JobStatus, long> States { get; init; }

    /// <summary>How many jobs may wait in it.</summary>
    public required long Capacity { get; init; }

    /// <summary>Whether it is paused: jobs are accepted, none starts.</summary>
    public required bool Paused { get; init; }

    /// <summary>Whether it is draining: jobs start, none is accepted.</summary>
    public required bool Draining { get; init; }

    /// <summary>How long the oldest available job has waited.</summary>
    public required TimeSpan OldestAge { get; init; }

    /// <summary>Finished attempts per second over the last 10 seconds.</summary>
    public required double DrainRate { get; init; }

    /// <summary>The pools that serve it.</summary>
    public required IReadOnlyList<string> Pools { get; init; }

    /// <summary>What bounds its jobs in the whole cluster; null when nothing does.</summary>
    public QueueLimits? Limits { get; init; }

    /// <summary>How many of its available jobs this node's last ask for permits was refused: above 0 while a limit holds some back.</summary>
    public long Held { get; init; }
}

/// <summary>A pool at one instant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Queues">The queues it serves; empty means all that no other pool serves.</param>
/// <param name="Size">How many attempts it may run at once.</param>
/// <param name="Busy">How many run now.</param>
/// <param name="Restarts">How often it was restarted by its supervisor.</param>
public sealed record PoolView(string Name, IReadOnlyList<string> Queues, int Size, int Busy, long Restarts)
{
    /// <summary>The fewest slots, when it scales itself.</summary>
    public int? Min { get; init; }

    /// <summary>The most slots, when it scales itself.</summary>
    public int? Max { get; init; }

    /// <summary>Where its attempts run.</summary>
    public PoolRuns Runs { get; init; }
}

/// <summary>Where a pool's attempts run.</summary>
public enum PoolRuns
{
    /// <summary>In the node.</summary>
    InProcess,

    /// <summary>In child processes.</summary>
    Isolated,

    /// <summary>At workers outside.</summary>
    Remote,
}
