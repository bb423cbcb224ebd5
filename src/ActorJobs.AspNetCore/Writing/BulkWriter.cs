using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes what a bulk action does or would do.</summary>
internal static class BulkWriter
{
    public static void Write(Utf8JsonWriter writer, (BulkPreview Preview, JobId? Id) answer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, answer.Id?.Value);
        writer.WriteNumber("count"u8, answer.Preview.Count);
        writer.WriteBoolean("countIsLowerBound"u8, answer.Preview.IsLowerBound);
        writer.WriteNumber("limit"u8, BulkRequest.MaxJobs);
        writer.WriteItems("sample"u8, answer.Preview.Sample, JobWriter.WriteSummary);
        writer.WriteItems("edits"u8, answer.Preview.Edits, WriteEdit);
        writer.WriteNumber("refusedEdits"u8, answer.Preview.RefusedEdits);
        writer.WriteEndObject();
    }

    private static void WriteEdit(Utf8JsonWriter writer, BulkEdit edit)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, edit.Id.Value);
        writer.WriteRaw("before"u8, edit.Before);
        writer.WriteRaw("after"u8, edit.After);
        if (edit.Problem is { } problem)
            WriteProblem(writer, problem);
        else
            writer.WriteNull("problem"u8);
        writer.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter writer, JobProblem problem)
    {
        writer.WriteStartObject("problem"u8);
        writer.WriteString("code"u8, problem.Code);
        writer.WriteString("detail"u8, problem.Detail);
        writer.WriteString("pointer"u8, problem.Field is { } field ? $"/{field.Replace('.', '/')}" : null);
        writer.WriteEndObject();
    }
}
