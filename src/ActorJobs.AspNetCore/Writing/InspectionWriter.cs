using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes what is asked about one job beside the job itself: its history, and why it waits.</summary>
internal static class InspectionWriter
{
    public static void WriteEvent(Utf8JsonWriter writer, JobEventView item)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, item.Version);
        writer.WriteString("type"u8, item.Type);
        writer.WriteInstant("at"u8, item.At);
        writer.WriteRaw("data"u8, item.Data);
        writer.WriteEndObject();
    }

    public static void WriteWhy(Utf8JsonWriter writer, WhyView why)
    {
        writer.WriteStartObject();
        writer.WriteString("state"u8, why.State.ToString());
        writer.WriteString("summary"u8, why.Summary);
        writer.WriteTexts("reasons"u8, why.Reasons);
        if (why.Ahead is { } ahead)
            writer.WriteNumber("ahead"u8, ahead);
        else
            writer.WriteNull("ahead"u8);
        writer.WriteBoolean("aheadIsLowerBound"u8, why.AheadIsLowerBound);
        writer.WriteInstant("predictedStart"u8, why.PredictedStart);
        writer.WriteEndObject();
    }
}
