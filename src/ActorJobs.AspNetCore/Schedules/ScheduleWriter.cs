using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes a schedule as the API shows it. What describes it has the names and the form of a PUT, so that it can be sent back.</summary>
internal static class ScheduleWriter
{
    public static void Write(Utf8JsonWriter writer, ScheduleView schedule)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, schedule.Id);
        WriteRequest(writer, schedule.Request);
        writer.WriteBoolean("paused"u8, schedule.PausedAt is not null);
        writer.WriteInstant("pausedAt"u8, schedule.PausedAt);
        writer.WriteString("pauseReason"u8, schedule.PauseReason);
        writer.WriteString("source"u8, schedule.Source.ToString());
        writer.WriteInstant("createdAt"u8, schedule.CreatedAt);
        writer.WriteInstant("changedAt"u8, schedule.ChangedAt);
        writer.WriteItems("next"u8, schedule.NextFirings, WriteNext);
        writer.WriteItems("running"u8, schedule.Running, WriteFiring);
        writer.WritePropertyName("buffered"u8);
        WriteOrNull(writer, schedule.Buffered, WriteFiring);
        writer.WriteItems("recent"u8, schedule.Recent, WriteFiring);
        writer.WritePropertyName("backfill"u8);
        WriteOrNull(writer, schedule.Backfill, WriteBackfill);
        writer.WriteNumber("fired"u8, schedule.Fired);
        writer.WriteNumber("skippedFirings"u8, schedule.Skipped);
        writer.WriteNumber("missedFirings"u8, schedule.Missed);
        writer.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter writer, ScheduleRequest request)
    {
        writer.WriteString("cron"u8, request.Cron);
        WriteDuration(writer, "every"u8, request.Every);
        writer.WriteString("zone"u8, request.Zone ?? "UTC");
        writer.WritePropertyName("job"u8);
        JobRequestWriter.Write(writer, request.Job);
        writer.WriteString("misfire"u8, ScheduleBody.WordOf(request.Misfire ?? MisfirePolicy.Once));
        WriteDuration(writer, "misfireWindow"u8, request.MisfireWindow);
        WriteDuration(writer, "misfireAfter"u8, request.MisfireAfter);
        writer.WriteString("overlap"u8, ScheduleBody.WordOf(request.Overlap ?? OverlapPolicy.Allow));
        WriteDuration(writer, "jitter"u8, request.Jitter);
        writer.WriteInstant("start"u8, request.Start);
        writer.WriteInstant("end"u8, request.End);
        writer.WriteTexts("exclude"u8, request.Exclude);
        writer.WriteString("skipped"u8, request.Skipped is { } skipped ? ScheduleBody.WordOf(skipped) : null);
        writer.WriteString("repeated"u8, request.Repeated is { } repeated ? ScheduleBody.WordOf(repeated) : null);
        writer.WriteString("description"u8, request.Description);
    }

    private static void WriteNext(Utf8JsonWriter writer, NextFiring next)
    {
        writer.WriteStartObject();
        writer.WriteInstant("nominal"u8, next.Nominal);
        writer.WriteInstant("at"u8, next.At);
        writer.WriteString("local"u8, next.Local);
        writer.WriteEndObject();
    }

    private static void WriteFiring(Utf8JsonWriter writer, FiringView firing)
    {
        writer.WriteStartObject();
        writer.WriteString("job"u8, firing.Job?.Value);
        writer.WriteInstant("nominal"u8, firing.Nominal);
        writer.WriteString("origin"u8, firing.Origin.ToString());
        writer.WriteInstant("at"u8, firing.At);
        writer.WriteString("outcome"u8, firing.Outcome?.ToString());
        writer.WriteInstant("endedAt"u8, firing.EndedAt);
        writer.WriteString("detail"u8, firing.Detail);
        writer.WriteNumber("count"u8, firing.Count);
        writer.WriteInstant("until"u8, firing.Until);
        writer.WriteEndObject();
    }

    private static void WriteBackfill(Utf8JsonWriter writer, BackfillView backfill)
    {
        writer.WriteStartObject();
        writer.WriteInstant("from"u8, backfill.From);
        writer.WriteInstant("to"u8, backfill.To);
        writer.WriteNumber("remaining"u8, backfill.Remaining);
        writer.WriteNumber("perMinute"u8, backfill.PerMinute);
        writer.WriteEndObject();
    }

    private static void WriteOrNull<T>(Utf8JsonWriter writer, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null)
            writer.WriteNullValue();
        else
            write(writer, value);
    }

    private static void WriteDuration(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan? duration)
    {
        if (duration is { } value)
            writer.WriteDuration(name, value);
        else
            writer.WriteNull(name);
    }
}
