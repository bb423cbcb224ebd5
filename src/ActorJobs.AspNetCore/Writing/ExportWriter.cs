using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes a job as a submit that goes on with it elsewhere, and beside that what it was.</summary>
internal static class ExportWriter
{
    public static void Write(Utf8JsonWriter writer, ExportedJob exported)
    {
        var job = exported.Job;
        writer.WriteStartObject();
        JobRequestWriter.WriteFields(writer, GoOn(job, exported.Request));
        writer.WriteStartObject("was"u8);
        writer.WriteString("state"u8, job.State.ToString());
        writer.WriteNumber("attempt"u8, job.Attempt);
        writer.WriteNumber("maxAttempts"u8, job.MaxAttempts);
        writer.WriteInstant("createdAt"u8, job.CreatedAt);
        writer.WriteInstant("startedAt"u8, job.StartedAt);
        writer.WriteInstant("finishedAt"u8, job.FinishedAt);
        if (exported.Request.Unique is { } unique)
            writer.WriteString("uniqueKey"u8, unique.Key);
        writer.WriteString("workflowId"u8, job.WorkflowId);
        writer.WriteString("scheduleId"u8, job.ScheduleId);
        writer.WriteRaw("result"u8, job.Result);
        JobWriter.WriteError(writer, job.Error);
        writer.WriteEndObject();
        if (exported.History is { } history)
            writer.WriteItems("history"u8, history, InspectionWriter.WriteEvent);
        writer.WriteEndObject();
    }

    // its id makes it the same job however often it is submitted (and a job with an id can have no unique key); it runs when it would have run,
    // and has the attempts it had left
    private static JobRequest GoOn(JobView job, JobRequest request) => request with
    {
        Unique = null,
        RunAt = job.State is JobStatus.Scheduled or JobStatus.Retryable ? job.RunAt : null,
        MaxAttempts = Math.Max(job.MaxAttempts - job.UsedAttempts, 1),
        StartBy = job.Attempt == 0 ? request.StartBy : null,
    };
}
