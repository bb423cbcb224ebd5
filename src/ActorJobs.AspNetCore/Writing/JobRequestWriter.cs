using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Writes a request for a job in the form of a submit, without what it leaves open.</summary>
internal static class JobRequestWriter
{
    public static void Write(Utf8JsonWriter writer, JobRequest job)
    {
        writer.WriteStartObject();
        WriteFields(writer, job);
        writer.WriteEndObject();
    }

    /// <summary>The same within an object that has more fields.</summary>
    public static void WriteFields(Utf8JsonWriter writer, JobRequest job)
    {
        if (job.Id is { } id)
            writer.WriteString("id"u8, id.Value);
        writer.WriteString("kind"u8, job.Kind);
        writer.WriteRaw("args"u8, job.Args);
        if (job.Queue is { } queue)
            writer.WriteString("queue"u8, queue);
        if (job.Priority is { } priority)
            writer.WriteNumber("priority"u8, priority);
        if (job.MaxAttempts is { } maxAttempts)
            writer.WriteNumber("maxAttempts"u8, maxAttempts);
        if (job.Backoff is { } backoff)
            WriteBackoff(writer, backoff);
        if (job.RunAt is { } runAt)
            writer.WriteInstant("runAt"u8, runAt);
        if (job.StartBy is { } startBy)
            writer.WriteInstant("startBy"u8, startBy);
        if (job.Timeout is { } timeout)
            writer.WriteDuration("timeout"u8, timeout);
        if (job.Retention is { } retention)
            writer.WriteDuration("retention"u8, retention);
        if (job.ConcurrencyKey is { } key)
            writer.WriteString("concurrencyKey"u8, key);
        if (job.Dependency is { } dependency)
            writer.WriteString("dependency"u8, dependency);
        if (job.Tenant is { } tenant)
            writer.WriteString("tenant"u8, tenant);
        if (job.Tags.Count > 0)
            writer.WriteTexts("tags"u8, job.Tags);
        if (job.Meta.Count > 0)
            WriteMeta(writer, job.Meta);
        if (job.ParentId is { } parent)
            writer.WriteString("parentId"u8, parent.Value);
    }

    private static void WriteBackoff(Utf8JsonWriter writer, Backoff backoff)
    {
        writer.WriteStartObject("backoff"u8);
        switch (backoff)
        {
            case Backoff.Exponential exponential:
                writer.WriteString("type"u8, "exponential"u8);
                writer.WriteDuration("base"u8, exponential.Base);
                writer.WriteNumber("factor"u8, exponential.Factor);
                writer.WriteDuration("max"u8, exponential.Max);
                writer.WriteNumber("jitter"u8, exponential.Jitter);
                break;
            case Backoff.List list:
                writer.WriteString("type"u8, "list"u8);
                writer.WriteTexts("delays"u8, list.Delays.Select(IsoDuration.Format));
                break;
            case Backoff.Fixed constant:
                writer.WriteString("type"u8, "fixed"u8);
                writer.WriteDuration("delay"u8, constant.Delay);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> meta)
    {
        writer.WriteStartObject("meta"u8);
        foreach (var (name, value) in meta)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}
