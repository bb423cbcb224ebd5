using System.Diagnostics;
using ActorJobs.Jobs;

namespace ActorJobs.Telemetry;

/// <summary>
/// The traces of jobs. A submit is a span of the caller's trace and is stored with the job; waiting and each attempt are its children, on whatever
/// node they happen; what a handler submits is a child of the attempt. Without a listener and without a caller's trace, nothing of it costs anything.
/// </summary>
internal static class ActorJobsDiagnostics
{
    /// <summary>The source's name: what an application adds to its own OpenTelemetry.</summary>
    public const string SourceName = "ActorJobs";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>A span for submits under way together, or null when nobody listens.</summary>
    public static Activity? StartSubmit(IReadOnlyList<JobRequest> requests)
    {
        if (Source.StartActivity("submit", ActivityKind.Producer) is not { } activity)
            return null;
        activity.SetTag("messaging.system", "actorjobs").SetTag("messaging.operation.name", "submit").SetTag("messaging.operation.type", "send");
        if (requests is [var only])
        {
            activity.SetTag("messaging.destination.name", only.Queue).SetTag("actorjobs.job.kind", only.Kind);
            activity.DisplayName = only.Queue is { } queue ? $"submit {queue}" : "submit";
        }
        else
        {
            activity.SetTag("messaging.batch.message_count", requests.Count);
        }

        return activity;
    }

    /// <summary>
    /// The span of an attempt, made the current one, or null when nobody listens and the job came without a trace. What came with one goes on with it
    /// even when nobody listens here: the handler's calls and log lines belong to the caller's trace.
    /// </summary>
    public static Activity? StartAttempt(JobSpec spec, string id, int number, DateTimeOffset since, DateTimeOffset startedAt)
    {
        var isTraced = ActivityContext.TryParse(spec.Trace, null, isRemote: true, out var parent);
        return (Source.HasListeners() ? StartRecorded(spec, parent, isTraced, id, number, since, startedAt) : null)
            ?? (isTraced ? new Activity("process").SetParentId(spec.Trace!).Start() : null);
    }

    private static Activity? StartRecorded(
        JobSpec spec, ActivityContext parent, bool isTraced, string id, int number, DateTimeOffset since, DateTimeOffset startedAt)
    {
        // no parent is no trace: an attempt does not belong to what happens to be current on the thread
        Activity.Current = null;
        if (isTraced)
        {
            using var wait = Source.StartActivity("wait " + spec.Queue, ActivityKind.Internal, parent, startTime: since);
            wait?.SetTag("messaging.message.id", id).SetEndTime(startedAt.UtcDateTime);
        }

        return Source.StartActivity("process " + spec.Queue, ActivityKind.Consumer, parent)
            ?.SetTag("messaging.system", "actorjobs")
            .SetTag("messaging.operation.name", "process")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", spec.Queue)
            .SetTag("messaging.message.id", id)
            .SetTag("actorjobs.job.kind", spec.Kind)
            .SetTag("actorjobs.job.attempt", number);
    }

    /// <summary>What an attempt came to.</summary>
    public static void Note(Activity activity, JobOutcome outcome)
    {
        var error = outcome switch
        {
            JobOutcome.Failure failure => failure.Error,
            JobOutcome.Discard discard => discard.Error,
            _ => null,
        };
        activity.SetTag("actorjobs.attempt.outcome", error is null ? outcome.GetType().Name : "Failed");
        if (error is null)
            return;
        activity.SetTag("error.type", error.Type);
        activity.SetStatus(ActivityStatusCode.Error, error.Message);
    }

    /// <summary>
    /// The trace that a job made here and now belongs to, as W3C's <c>traceparent</c>, or null. A trace that nobody records and no caller sent is none:
    /// the web server makes one for every request, and storing it would tell nobody anything.
    /// </summary>
    public static string? CurrentTrace()
    {
        const int MaxDepth = 16;
        var current = Activity.Current;
        var at = current;
        for (var depth = 0; at is not null && depth < MaxDepth; depth++, at = at.Parent)
        {
            if (at.Recorded || at.HasRemoteParent || (at.Parent is null && at.ParentId is not null))
                return current!.IdFormat == ActivityIdFormat.W3C ? current.Id : null;
        }

        return null;
    }
}
