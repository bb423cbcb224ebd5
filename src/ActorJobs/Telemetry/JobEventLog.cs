using System.Diagnostics;
using ActorJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace ActorJobs.Telemetry;

/// <summary>
/// Writes to the log which attempts did not end well, and which jobs are given up. What goes well is told by metrics, and so is how often something goes
/// wrong: of a flood the log has the first lines and a number.
/// </summary>
internal sealed partial class JobEventLog : IDisposable
{
    private static readonly Sort Others = new(What.Anything, "other kinds");

    private readonly ILogger logger;
    private readonly LinePace<Sort> pace;

    public JobEventLog(ILogger logger, TimeProvider time) => (this.logger, pace) = (logger, new LinePace<Sort>(time, Others, TellRest));

    private enum What
    {
        Failed, Discarded, Expired, Anything,
    }

    public void Changed(string id, JobState before, JobState after)
    {
        if (after.Status == JobStatus.Completed || (ReferenceEquals(before.Attempts, after.Attempts) && !after.Status.IsTerminal()))
            return;
        if (WhatOf(before, after) is not { } what || !pace.Admits(new Sort(what, after.Spec!.Kind)))
            return;
        using var trace = BeginTrace(after);
        Write(what, id, after);
    }

    public void Dispose() => pace.Dispose();

    private static What? WhatOf(JobState before, JobState after) =>
        after.Status == JobStatus.Discarded && before.Status != JobStatus.Discarded ? What.Discarded
        : after.Status == JobStatus.Expired && before.Status != JobStatus.Expired ? What.Expired
        : before.Running is not null && after is { Running: null, Attempts: [.., { Error: not null }] } && after.Attempt > before.Attempt ? What.Failed
        : null;

    private void Write(What what, string id, JobState after)
    {
        var spec = after.Spec!;
        switch (what)
        {
            case What.Discarded:
                Discarded(id, spec.Kind, spec.Queue, after.Attempt, after.Error?.Message);
                break;
            case What.Expired:
                Expired(id, spec.Kind, spec.Queue, spec.StartBy);
                break;
            default:
                var last = after.Attempts![^1];
                Failed(id, spec.Kind, last.Number, last.Outcome, last.Node, after.Since, last.Error!.Message);
                break;
        }
    }

    private void TellRest(Sort sort, int count)
    {
        switch (sort.What)
        {
            case What.Discarded:
                MoreDiscarded(count, sort.Kind);
                break;
            case What.Expired:
                MoreExpired(count, sort.Kind);
                break;
            case What.Failed:
                MoreFailed(count, sort.Kind);
                break;
            default:
                MoreOfOthers(count);
                break;
        }
    }

    // the trace is the job's: the thread that writes the line has none
    private IDisposable? BeginTrace(JobState state) => ActivityContext.TryParse(state.Spec!.Trace, null, out var trace)
        ? logger.BeginScope(new KeyValuePair<string, object?>[] { new("JobTraceId", trace.TraceId.ToString()) })
        : null;

    [LoggerMessage(LogLevel.Warning, "Job {JobId} ({JobKind}, queue {Queue}) is a dead letter after attempt {Attempt}: {Error}")]
    private partial void Discarded(string jobId, string jobKind, string queue, int attempt, string? error);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} ({JobKind}, queue {Queue}) has not started by {StartBy:O} and never will")]
    private partial void Expired(string jobId, string jobKind, string queue, DateTimeOffset? startBy);

    [LoggerMessage(LogLevel.Information, "Job {JobId} ({JobKind}) attempt {Attempt} {Outcome} on {Node}, next at {Next:O}: {Error}")]
    private partial void Failed(string jobId, string jobKind, int attempt, AttemptOutcome? outcome, string node, DateTimeOffset next, string error);

    [LoggerMessage(LogLevel.Warning, "{Count} more jobs of {JobKind} became dead letters within 10 seconds")]
    private partial void MoreDiscarded(int count, string jobKind);

    [LoggerMessage(LogLevel.Warning, "{Count} more jobs of {JobKind} did not start in time within 10 seconds")]
    private partial void MoreExpired(int count, string jobKind);

    [LoggerMessage(LogLevel.Information, "{Count} more attempts of {JobKind} failed within 10 seconds")]
    private partial void MoreFailed(int count, string jobKind);

    [LoggerMessage(LogLevel.Warning, "{Count} more attempts of further kinds failed, or were given up, within 10 seconds")]
    private partial void MoreOfOthers(int count);

    private readonly record struct Sort(What What, string Kind);
}
