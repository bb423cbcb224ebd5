namespace ActorJobs.Workloads.Documents;

/// <summary>How long the parts of a rebuild take.</summary>
internal sealed class RebuildClock(TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private double embedded;
    private double built;
    private int documents;

    private double Now => time.GetElapsedTime(started).TotalSeconds;

    public void Embedded(int documents) => (embedded, this.documents) = (Now, documents);

    public void Built() => built = Now;

    /// <summary>The rebuild as it is remembered. Parts that it did not come to took no time.</summary>
    public RebuildRun End(JobContext context, JobOutcome<RebuildResult> outcome)
    {
        var result = outcome.Result;
        var total = Now;
        return new RebuildRun(
            context.Id.Value, time.GetUtcNow(), context.Attempt, result?.Version, result?.Unchanged ?? false, result?.Documents ?? 0, result?.Passages ?? 0,
            result?.SetAside ?? 0, documents, total, embedded, Math.Max(0, built - embedded), built > 0 ? total - built : 0, ErrorOf(outcome.Other));
    }

    private static string? ErrorOf(JobOutcome? other) => other switch
    {
        null => null,
        JobOutcome.Discard discard => discard.Error.Message,
        JobOutcome.Failure failure => failure.Error.Message,
        _ => other.GetType().Name,
    };
}
