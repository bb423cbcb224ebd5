using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes leases.</summary>
internal static class LeaseWriter
{
    public static void WriteJob(Utf8JsonWriter writer, LeasedJob job)
    {
        writer.WriteStartObject();
        writer.WriteString("job"u8, job.Id.Value);
        writer.WriteNumber("attempt"u8, job.Attempt);
        writer.WriteString("token"u8, job.Token);
        writer.WriteString("kind"u8, job.Kind);
        writer.WriteRaw("args"u8, job.Args);
        writer.WriteString("queue"u8, job.Queue);
        writer.WriteNumber("maxAttempts"u8, job.MaxAttempts);
        writer.WriteString("tenant"u8, job.Tenant);
        writer.WriteStartObject("meta"u8);
        foreach (var (name, value) in job.Meta)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteRaw("checkpoint"u8, job.Checkpoint);
        writer.WriteDuration("timeout"u8, job.Timeout);
        writer.WriteDuration("lease"u8, job.Lease);
        writer.WriteInstant("expiresAt"u8, job.ExpiresAt);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, (string? Job, LeaseAnswer Answer) standing)
    {
        writer.WriteStartObject();
        writer.WriteString("job"u8, standing.Job);
        writer.WriteString("state"u8, standing.Answer.State.ToString());
        writer.WriteInstant("expiresAt"u8, standing.Answer.ExpiresAt);
        writer.WriteEndObject();
    }
}
