using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes a job as the API shows it.</summary>
internal static class JobWriter
{
    public static void Write(Utf8JsonWriter writer, JobView job)
    {
        writer.WriteStartObject();
        WriteHead(writer, job);
        writer.WriteRaw("args"u8, job.Args);
        writer.WriteRaw("result"u8, job.Result);
        WriteState(writer, job);
        writer.WriteItems("attempts"u8, job.Attempts, WriteAttempt);
        writer.WriteItems("log"u8, job.Log, WriteLogLine);
        writer.WriteEndObject();
    }

    /// <summary>As in lists: without arguments, result, attempts and log.</summary>
    public static void WriteSummary(Utf8JsonWriter writer, JobView job)
    {
        writer.WriteStartObject();
        WriteHead(writer, job);
        WriteState(writer, job);
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, JobView job)
    {
        writer.WriteString("id"u8, job.Id.Value);
        writer.WriteString("kind"u8, job.Kind);
        writer.WriteString("state"u8, job.State.ToString());
        writer.WriteString("queue"u8, job.Queue);
        writer.WriteNumber("priority"u8, job.Priority);
        writer.WriteNumber("attempt"u8, job.Attempt);
        writer.WriteNumber("maxAttempts"u8, job.MaxAttempts);
    }

    private static void WriteState(Utf8JsonWriter writer, JobView job)
    {
        WriteError(writer, job.Error);
        WriteProgress(writer, job.Progress);
        writer.WriteInstant("createdAt"u8, job.CreatedAt);
        writer.WriteInstant("runAt"u8, job.RunAt);
        writer.WriteInstant("startedAt"u8, job.StartedAt);
        writer.WriteInstant("finishedAt"u8, job.FinishedAt);
        writer.WriteString("tenant"u8, job.Tenant);
        writer.WriteTexts("tags"u8, job.Tags);
        writer.WriteStartObject("meta"u8);
        foreach (var (name, value) in job.Meta)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteString("parentId"u8, job.ParentId?.Value);
        writer.WriteTexts("parents"u8, job.Parents.Select(parent => parent.Value));
        writer.WriteString("workflowId"u8, job.WorkflowId);
        writer.WriteString("scheduleId"u8, job.ScheduleId);
        writer.WriteString("actionId"u8, job.ActionId);
        if (job.TraceId is { } trace)
            writer.WriteString("traceId"u8, trace);
    }

    /// <summary>The field <c>error</c>.</summary>
    public static void WriteError(Utf8JsonWriter writer, JobError? error)
    {
        if (error is null)
        {
            writer.WriteNull("error"u8);
            return;
        }

        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("stack"u8, error.Stack);
        writer.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter writer, JobProgress? progress)
    {
        if (progress is null)
        {
            writer.WriteNull("progress"u8);
            return;
        }

        writer.WriteStartObject("progress"u8);
        writer.WriteNumber("fraction"u8, double.IsFinite(progress.Fraction) ? progress.Fraction : 0);
        writer.WriteString("message"u8, progress.Message);
        writer.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter writer, JobAttempt attempt)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number"u8, attempt.Number);
        writer.WriteString("node"u8, attempt.Node);
        writer.WriteInstant("startedAt"u8, attempt.StartedAt);
        writer.WriteInstant("finishedAt"u8, attempt.FinishedAt);
        writer.WriteString("outcome"u8, attempt.Outcome?.ToString());
        WriteError(writer, attempt.Error);
        writer.WriteEndObject();
    }

    private static void WriteLogLine(Utf8JsonWriter writer, JobLogLine line)
    {
        writer.WriteStartObject();
        writer.WriteInstant("at"u8, line.At);
        writer.WriteString("text"u8, line.Text);
        writer.WriteEndObject();
    }
}
