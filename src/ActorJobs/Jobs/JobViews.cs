using ActorJobs.Workflows;

namespace ActorJobs.Jobs;

/// <summary>States as others may see them.</summary>
internal static class JobViews
{
    /// <summary>Everything about a job.</summary>
    public static JobView Of(JobId id, JobState state)
    {
        var running = state.Running;
        return Summary(id, state) with
        {
            Args = state.Spec!.Args,
            Parents = state.Spec.Parents is { } parents ? [.. parents.Select(key => new JobId(WorkflowIds.NodeId(state.Spec.WorkflowId!, key)))] : [],
            Result = state.Result,
            Log = running?.Log ?? state.Log ?? [],
            Attempts = running is null
                ? state.Attempts ?? []
                : [.. state.Attempts ?? [], new JobAttempt(running.Number, running.Node, running.At, null, null, null)],
        };
    }

    /// <summary>What a list shows.</summary>
    public static JobView Summary(JobId id, JobState state)
    {
        var spec = state.Spec!;
        return new JobView
        {
            Id = id,
            Kind = spec.Kind,
            State = state.VisibleStatus,
            Queue = spec.Queue,
            Priority = spec.Priority,
            Attempt = state.Running?.Number ?? state.Attempt,
            MaxAttempts = spec.MaxAttempts,
            UsedAttempts = state.Used,
            Error = state.Error,
            Progress = state.Running?.Progress ?? state.Progress,
            CreatedAt = state.CreatedAt,
            RunAt = state.Status is JobStatus.Scheduled or JobStatus.Retryable ? state.Since : spec.RunAt,
            StartedAt = state.Running?.At ?? state.Attempts?[^1].StartedAt,
            FinishedAt = state.FinishedAt,
            Tenant = spec.Tenant,
            Tags = spec.Tags ?? [],
            Meta = spec.Meta ?? JobRequest.EmptyMeta,
            ParentId = spec.ParentId,
            WorkflowId = spec.WorkflowId,
            ScheduleId = spec.ScheduleId,
            ActionId = state.Undo?.Action,
            TraceId = spec.Trace is { Length: > 35 } trace ? trace[3..35] : null,
        };
    }

    /// <summary>The request a job is made of.</summary>
    public static JobRequest RequestOf(JobId id, JobSpec spec) => new()
    {
        Id = id,
        Kind = spec.Kind,
        Args = spec.Args,
        Queue = spec.Queue,
        Priority = spec.Priority,
        MaxAttempts = spec.MaxAttempts,
        Backoff = spec.Backoff,
        Timeout = spec.Timeout,
        RunAt = spec.RunAt,
        StartBy = spec.StartBy,
        // where the two differ nobody asked for one, and the kind says both
        Retention = spec.Retention == spec.DeadLetterRetention ? spec.Retention : null,
        Unique = spec.Unique,
        ConcurrencyKey = spec.ConcurrencyKey,
        Dependency = spec.Dependency,
        Tenant = spec.Tenant,
        Tags = spec.Tags ?? [],
        Meta = spec.Meta ?? JobRequest.EmptyMeta,
        ParentId = spec.ParentId,
    };
}
