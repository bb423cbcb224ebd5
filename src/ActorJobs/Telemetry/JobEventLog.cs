using System.Diagnostics;
using ActorJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace ActorJobs.Telemetry;

/// <summary>Writes to the log which attempts did not end well, and which jobs are given up. What goes well is told by metrics.</summary>
internal sealed partial class JobEventLog(ILogger logger)
{
    public void Changed(string id, JobState before, JobState after)
    {
        if (after.Status == JobStatus.Completed || (ReferenceEquals(before.Attempts, after.Attempts) && !after.Status.IsTerminal()))
            return;
        using var trace = BeginTrace(after);
        if (after.Status == JobStatus.Discarded && before.Status != JobStatus.Discarded)
            Discarded(id, after.Spec!.Kind, after.Spec.Queue, after.Attempt, after.Error?.Message);
        else if (after.Status == JobStatus.Expired && before.Status != JobStatus.Expired)
            Expired(id, after.Spec!.Kind, after.Spec.Queue, after.Spec.StartBy);
        else if (before.Running is not null && after is { Running: null, Attempts: [.., { Error: { } error } last] } && after.Attempt > before.Attempt)
            Failed(id, after.Spec!.Kind, last.Number, last.Outcome, last.Node, after.Since, error.Message);
    }

    // the trace is the job's: the thread that writes the line has none
    private IDisposable? BeginTrace(JobState state) => ActivityContext.TryParse(state.Spec!.Trace, null, out var trace)
        ? logger.BeginScope(new KeyValuePair<string, object?>[] { new("JobTraceId", trace.TraceId.ToString()) })
        : null;

    [LoggerMessage(LogLevel.Warning, "Job {JobId} ({JobKind}, queue {Queue}) is a dead letter after attempt {Attempt}: {Error}")]
    private partial void Discarded(string jobId, string jobKind, string queue, int attempt, string? error);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} ({JobKind}, queue {Queue}) has not started by {StartBy} and never will")]
    private partial void Expired(string jobId, string jobKind, string queue, DateTimeOffset? startBy);

    [LoggerMessage(LogLevel.Information, "Job {JobId} ({JobKind}) attempt {Attempt} {Outcome} on {Node}, next at {Next:O}: {Error}")]
    private partial void Failed(string jobId, string jobKind, int attempt, AttemptOutcome? outcome, string node, DateTimeOffset next, string error);
}
