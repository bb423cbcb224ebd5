using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Writes a workflow as the API shows it.</summary>
internal static class WorkflowWriter
{
    public static void WriteReceipt(Utf8JsonWriter writer, WorkflowStartResult.Accepted accepted)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, accepted.Id);
        writer.WriteString("state"u8, accepted.Status.ToString());
        writer.WriteString("durability"u8, accepted.Durability);
        writer.WriteBoolean("isNew"u8, accepted.IsNew);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, WorkflowView workflow)
    {
        writer.WriteStartObject();
        WriteHead(writer, workflow);
        writer.WriteItems("nodes"u8, workflow.Nodes, WriteNode);
        writer.WriteEndObject();
    }

    public static void WriteSummary(Utf8JsonWriter writer, WorkflowView workflow)
    {
        writer.WriteStartObject();
        WriteHead(writer, workflow);
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, WorkflowView workflow)
    {
        writer.WriteString("id"u8, workflow.Id);
        writer.WriteString("name"u8, workflow.Name);
        writer.WriteString("state"u8, workflow.State.ToString());
        writer.WriteString("reason"u8, workflow.Reason);
        writer.WriteInstant("createdAt"u8, workflow.CreatedAt);
        writer.WriteInstant("finishedAt"u8, workflow.FinishedAt);
        writer.WriteString("parentId"u8, workflow.ParentId);
        writer.WriteNumber("progress"u8, workflow.Progress);
        writer.WriteStartObject("counts"u8);
        foreach (var (state, count) in workflow.Counts)
            writer.WriteNumber(state.ToString(), count);
        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, WorkflowNodeView node)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, node.Key);
        writer.WriteString("id"u8, node.Id);
        writer.WriteString("kind"u8, node.Kind);
        writer.WriteString("state"u8, node.State.ToString());
        writer.WriteString("jobState"u8, node.JobState?.ToString());
        writer.WriteItems("after"u8, node.After, static (writer, edge) =>
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, edge.Key);
            writer.WriteString("onFailure"u8, JsonNamingPolicy.CamelCase.ConvertName(edge.OnFailure.ToString()));
            writer.WriteEndObject();
        });
        writer.WriteString("compensation"u8, node.Compensation?.ToString());
        writer.WriteEndObject();
    }
}
