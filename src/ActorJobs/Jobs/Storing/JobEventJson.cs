using System.Text.Json;

namespace ActorJobs.Jobs;

/// <summary>The events that every job has, as JSON, without what is at its default.</summary>
internal static class JobEventJson
{
    public static void Write(Utf8JsonWriter writer, JobEvent happened)
    {
        switch (happened)
        {
            case JobSubmitted submitted:
                Write(writer, submitted);
                break;
            case AttemptStarted started:
                Write(writer, started);
                break;
            case JobCompleted completed:
                Write(writer, completed);
                break;
        }
    }

    public static void Write(Utf8JsonWriter writer, JobAttempt attempt)
    {
        writer.WriteStartObject();
        writer.WriteUnlessDefault("number"u8, attempt.Number);
        writer.WriteString("node"u8, attempt.Node);
        if (attempt.StartedAt != default)
            writer.WriteString("startedAt"u8, attempt.StartedAt);
        if (attempt.FinishedAt is { } finished)
            writer.WriteString("finishedAt"u8, finished);
        if (attempt.Outcome is { } outcome)
            writer.WriteString("outcome"u8, EnumText.Of(outcome));
        writer.WriteUnlessNull("error"u8, attempt.Error, JobJsonContext.Default.JobError);
        writer.WriteEndObject();
    }

    public static JobSubmitted ReadSubmitted(ReadOnlyMemory<byte> data)
    {
        var reader = new Utf8JsonReader(data.Span);
        reader.Read();
        JobSpec? spec = null;
        JobStatus status = default;
        DateTimeOffset at = default;
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
            else if (reader.ValueTextEquals("at"u8))
            {
                at = reader.TakeInstant();
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new JobSubmitted(spec!, status, at);
    }

    public static AttemptStarted ReadStarted(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize(data.Span, JobJsonContext.Default.AttemptStarted)!;

    public static JobCompleted ReadCompleted(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize(data.Span, JobJsonContext.Default.JobCompleted)!;

    private static void Write(Utf8JsonWriter writer, JobSubmitted submitted)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("spec"u8);
        JobSpecJson.Write(writer, submitted.Spec);
        if (submitted.Status != default)
            writer.WriteString("status"u8, EnumText.Of(submitted.Status));
        if (submitted.At != default)
            writer.WriteString("at"u8, submitted.At);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AttemptStarted started)
    {
        writer.WriteStartObject();
        writer.WriteUnlessDefault("number"u8, started.Number);
        writer.WriteString("node"u8, started.Node);
        writer.WriteString("pool"u8, started.Pool);
        if (started.At != default)
            writer.WriteString("at"u8, started.At);
        if (started.Permit != 0)
            writer.WriteNumber("permit"u8, started.Permit);
        writer.WriteUnlessNull("progress"u8, started.Progress, JobJsonContext.Default.JobProgress);
        writer.WriteUnlessNull("log"u8, started.Log, JobJsonContext.Default.IReadOnlyListJobLogLine);
        writer.WriteUnlessNull("checkpoint"u8, started.Checkpoint);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JobCompleted completed)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("attempt"u8);
        Write(writer, completed.Attempt);
        if (!completed.Result.IsNull)
        {
            writer.WritePropertyName("result"u8);
            writer.WriteRawValue(completed.Result.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteUnlessNull("progress"u8, completed.Progress, JobJsonContext.Default.JobProgress);
        writer.WriteUnlessNull("log"u8, completed.Log, JobJsonContext.Default.IReadOnlyListJobLogLine);

        writer.WriteEndObject();
    }
}
