using System.Text.Json;

namespace ActorJobs.Jobs;

/// <summary>
/// A job's specification as JSON. It does not change in a job's life, yet is part of the submit and of every state: its bytes are made once, or are
/// those it was read from.
/// </summary>
internal static class JobSpecJson
{
    public static void Write(Utf8JsonWriter writer, JobSpec spec)
    {
        if (spec.Stored.IsEmpty)
            spec.Stored = JsonSerializer.SerializeToUtf8Bytes(spec, JobJsonContext.Default.JobSpec);
        writer.WriteRawValue(spec.Stored.Span, skipInputValidation: true);
    }

    /// <summary>Reads a specification; the reader is at its beginning and ends at its end.</summary>
    /// <param name="reader">Reads <paramref name="data"/>.</param>
    /// <param name="data">The bytes that are read, and kept.</param>
    public static JobSpec Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        string kind = "", queue = "";
        string? trace = null;
        RawJson args = default;
        int priority = 0, maxAttempts = 0;
        TimeSpan timeout = default, retention = default, deadLetterRetention = default;
        Backoff? backoff = null;
        var isRare = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
                kind = Names.Of(ref reader);
            else if (reader.ValueTextEquals("args"u8))
                args = reader.TakeRaw(data);
            else if (reader.ValueTextEquals("queue"u8))
                queue = Names.Of(ref reader);
            else if (reader.ValueTextEquals("priority"u8))
                priority = reader.TakeInt();
            else if (reader.ValueTextEquals("maxAttempts"u8))
                maxAttempts = reader.TakeInt();
            else if (reader.ValueTextEquals("timeout"u8))
                timeout = reader.TakeTimeSpan();
            else if (reader.ValueTextEquals("retention"u8))
                retention = reader.TakeTimeSpan();
            else if (reader.ValueTextEquals("deadLetterRetention"u8))
                deadLetterRetention = reader.TakeTimeSpan();
            else if (reader.ValueTextEquals("backoff"u8))
                backoff = reader.TakeValue(JobJsonContext.Default.Backoff);
            else if (reader.ValueTextEquals("trace"u8))
                trace = reader.TakeText();
            else
                isRare |= reader.SkipValue();
        }

        var stored = data[start..(int)reader.BytesConsumed];
        var spec = isRare
            ? JsonSerializer.Deserialize(stored.Span, JobJsonContext.Default.JobSpec)!
            : new JobSpec
            {
                Kind = kind,
                Args = args,
                Queue = queue,
                Priority = priority,
                MaxAttempts = maxAttempts,
                Backoff = backoff,
                Timeout = timeout,
                Retention = retention,
                DeadLetterRetention = deadLetterRetention,
                Trace = trace,
            };
        spec.Stored = stored;
        return spec;
    }

    /// <summary>The names of kinds and queues: few, and in every job.</summary>
    private static class Names
    {
        private const int MaxKept = 4096;
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Kept = new(StringComparer.Ordinal);
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan =
            Kept.GetAlternateLookup<ReadOnlySpan<char>>();

        private static int kept;

        public static string Of(ref Utf8JsonReader reader)
        {
            reader.Read();
            Span<char> text = stackalloc char[256];
            if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueSpan.Length > text.Length)
                return reader.GetString()!;
            var read = text[..reader.CopyString(text)];
            if (BySpan.TryGetValue(read, out var known))
                return known;
            var name = read.ToString();
            if (Interlocked.Increment(ref kept) <= MaxKept)
                Kept.TryAdd(name, name);
            return name;
        }
    }
}
