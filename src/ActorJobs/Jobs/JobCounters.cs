using ActorJobs.Queues;

namespace ActorJobs.Jobs;

/// <summary>What happens to jobs on this node, per second.</summary>
internal sealed class JobCounters(TimeProvider time)
{
    public RateMeter Submitted { get; } = new(time);

    public RateMeter Started { get; } = new(time);

    public RateMeter Completed { get; } = new(time);

    public RateMeter Failed { get; } = new(time);

    public RateMeter Discarded { get; } = new(time);

    public RatesView PerSecond => new(Submitted.PerSecond, Started.PerSecond, Completed.PerSecond, Failed.PerSecond, Discarded.PerSecond);

    /// <summary>The last minute, oldest second first.</summary>
    public IReadOnlyList<RatesView> Recent =>
        [.. Enumerable.Range(1, 60).Reverse().Select(ago => new RatesView(
            Submitted.Ago(ago), Started.Ago(ago), Completed.Ago(ago), Failed.Ago(ago), Discarded.Ago(ago)))];
}
