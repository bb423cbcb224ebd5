using System.Text.Json;

namespace ActorJobs.Jobs;

/// <summary>A job's state as JSON, without what is at its default.</summary>
internal static class JobStateJson
{
    public static void Write(Utf8JsonWriter writer, JobState state)
    {
        writer.WriteStartObject();
        if (state.Spec is { } spec)
        {
            writer.WritePropertyName("spec"u8);
            JobSpecJson.Write(writer, spec);
        }

        if (state.Status != default)
            writer.WriteString("status"u8, EnumText.Of(state.Status));
        if (state.CreatedAt != default)
            writer.WriteString("createdAt"u8, state.CreatedAt);
        if (state.Since != default)
            writer.WriteString("since"u8, state.Since);
        writer.WriteUnlessDefault("attempt"u8, state.Attempt);
        writer.WriteUnlessDefault("used"u8, state.Used);
        WriteAttempts(writer, state.Attempts);
        if (state.FinishedAt is { } finished)
            writer.WriteString("finishedAt"u8, finished);
        writer.WriteUnlessNull("result"u8, state.Result);
        writer.WriteUnlessNull("error"u8, state.Error, JobJsonContext.Default.JobError);
        writer.WriteUnlessNull("progress"u8, state.Progress, JobJsonContext.Default.JobProgress);
        writer.WriteUnlessNull("log"u8, state.Log, JobJsonContext.Default.IReadOnlyListJobLogLine);
        writer.WriteUnlessNull("checkpoint"u8, state.Checkpoint);
        if (state.CancelReason is { } reason)
            writer.WriteString("cancelReason"u8, reason);
        if (state.KeyReleased)
            writer.WriteBoolean("keyReleased"u8, true);
        writer.WriteUnlessDefault("ends"u8, state.Ends);
        writer.WriteUnlessDefault("reported"u8, state.Reported);
        writer.WriteUnlessNull("undo"u8, state.Undo, JobJsonContext.Default.UndoPoint);
        writer.WriteEndObject();
    }

    /// <summary>Reads a state; it keeps the bytes.</summary>
    public static JobState Read(ReadOnlyMemory<byte> data)
    {
        var reader = new Utf8JsonReader(data.Span);
        reader.Read();
        JobSpec? spec = null;
        JobStatus status = default;
        DateTimeOffset createdAt = default, since = default;
        var isRare = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("spec"u8))
            {
                reader.Read();
                spec = JobSpecJson.Read(ref reader, data);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                status = reader.TakeStatus();
            }
            else if (reader.ValueTextEquals("createdAt"u8))
            {
                createdAt = reader.TakeInstant();
            }
            else if (reader.ValueTextEquals("since"u8))
            {
                since = reader.TakeInstant();
            }
            else
            {
                isRare |= reader.SkipValue();
            }
        }

        // a job that waits for its first attempt has no more; what has more has run, and is read to be shown or run again
        return isRare
            ? JsonSerializer.Deserialize(data.Span, JobJsonContext.Default.JobState)!
            : new JobState { Spec = spec, Status = status, CreatedAt = createdAt, Since = since };
    }

    private static void WriteAttempts(Utf8JsonWriter writer, IReadOnlyList<JobAttempt>? attempts)
    {
        if (attempts is null)
            return;
        writer.WriteStartArray("attempts"u8);
        for (var i = 0; i < attempts.Count; i++)
            JobEventJson.Write(writer, attempts[i]);
        writer.WriteEndArray();
    }
}
