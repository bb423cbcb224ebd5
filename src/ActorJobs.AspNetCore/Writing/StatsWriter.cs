using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes counters, queues and pools.</summary>
internal static class StatsWriter
{
    public static void Write(Utf8JsonWriter writer, StatsView stats)
    {
        writer.WriteStartObject();
        writer.WriteCounts("states"u8, stats.States);
        writer.WriteItems("queues"u8, stats.Queues, WriteQueue);
        writer.WriteItems("pools"u8, stats.Pools, WritePool);
        writer.WriteItems("breakers"u8, stats.Breakers, WriteBreaker);
        writer.WritePropertyName("rates"u8);
        WriteRates(writer, stats.Rates);
        writer.WriteItems("recent"u8, stats.Recent, WriteRates);
        writer.WriteNumber("nodes"u8, stats.Nodes);
        writer.WriteInstant("at"u8, stats.At);
        writer.WriteEndObject();
    }

    public static void WriteQueue(Utf8JsonWriter writer, QueueView queue)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, queue.Name);
        writer.WriteCounts("states"u8, queue.States);
        writer.WriteNumber("capacity"u8, queue.Capacity);
        writer.WriteBoolean("paused"u8, queue.Paused);
        writer.WriteBoolean("draining"u8, queue.Draining);
        writer.WriteDuration("oldestAge"u8, queue.OldestAge);
        writer.WriteNumber("drainRate"u8, Finite(queue.DrainRate));
        writer.WriteTexts("pools"u8, queue.Pools);
        if (queue.Limits is { } limits)
            WriteLimits(writer, limits);
        writer.WriteNumber("held"u8, queue.Held);
        writer.WriteEndObject();
    }

    public static void WriteBreaker(Utf8JsonWriter writer, BreakerView breaker)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, breaker.Name);
        writer.WriteString("status"u8, breaker.Status.ToString());
        if (breaker.Since is { } since)
            writer.WriteInstant("since"u8, since);
        if (breaker.Until is { } until)
            writer.WriteInstant("until"u8, until);
        writer.WriteNumber("failures"u8, breaker.Failures);
        writer.WriteEndObject();
    }

    public static void WritePool(Utf8JsonWriter writer, PoolView pool)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, pool.Name);
        writer.WriteTexts("queues"u8, pool.Queues);
        writer.WriteNumber("size"u8, pool.Size);
        WriteOptional(writer, "min"u8, pool.Min);
        WriteOptional(writer, "max"u8, pool.Max);
        writer.WriteString("runs"u8, pool.Runs.ToString());
        writer.WriteNumber("busy"u8, pool.Busy);
        writer.WriteNumber("restarts"u8, pool.Restarts);
        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, QueueLimits limits)
    {
        writer.WriteStartObject("limits"u8);
        if (limits.Rate is { } rate)
            writer.WriteString("rate"u8, rate.ToString());
        if (limits.Concurrency is { } concurrency)
            writer.WriteNumber("concurrency"u8, concurrency);
        if (limits.KeyRate is { } keyRate)
            writer.WriteString("keyRate"u8, keyRate.ToString());
        if (limits.KeyConcurrency is { } keyConcurrency)
            writer.WriteNumber("keyConcurrency"u8, keyConcurrency);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    private static void WriteRates(Utf8JsonWriter writer, RatesView rates)
    {
        writer.WriteStartObject();
        writer.WriteNumber("submitted"u8, Finite(rates.Submitted));
        writer.WriteNumber("started"u8, Finite(rates.Started));
        writer.WriteNumber("completed"u8, Finite(rates.Completed));
        writer.WriteNumber("failed"u8, Finite(rates.Failed));
        writer.WriteNumber("discarded"u8, Finite(rates.Discarded));
        writer.WriteEndObject();
    }

    /// <summary>JSON has no infinity: a rate over no time shows as none.</summary>
    private static double Finite(double rate) => double.IsFinite(rate) ? rate : 0;
}
