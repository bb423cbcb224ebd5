using System.Text.Json;
using ActorJobs.Client;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore;

/// <summary><c>GET /dead/groups</c>: dead letters by what their errors have in common.</summary>
internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this RouteGroupBuilder api) =>
        api.MapGet("/dead/groups", GroupAsync)
            .Produces<DeadGroupList>().ProducesRefusals(400)
            .WithSummary("Dead letters grouped by error type and message, the largest group first").WithTags("dead letters");

    private static async Task<IResult> GroupAsync(HttpContext context, [FromServices] IDeadLetters letters, string? queue, string? kind, string? tag, string? tenant)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "queue", "kind", "tag", "tenant") is { } unknown)
            return unknown;
        var filter = new JobFilter(null, OrNull(queue), OrNull(kind), OrNull(tag), OrNull(tenant));
        return JsonBody.Of(await letters.GroupAsync(filter, context.RequestAborted), Write);
    }

    private static void Write(Utf8JsonWriter writer, DeadLetterGroups groups)
    {
        writer.WriteStartObject();
        writer.WriteItems("items"u8, groups.Items, WriteGroup);
        writer.WriteNumber("examined"u8, groups.Examined);
        writer.WriteBoolean("cut"u8, groups.IsCut);
        writer.WriteNumber("omitted"u8, groups.Omitted);
        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, DeadLetterGroup group)
    {
        writer.WriteStartObject();
        writer.WriteString("signature"u8, group.Signature.Id);
        writer.WriteString("type"u8, group.Signature.Type);
        writer.WriteString("message"u8, group.Signature.Message);
        writer.WriteNumber("count"u8, group.Count);
        writer.WriteTexts("kinds"u8, group.Kinds);
        writer.WriteTexts("queues"u8, group.Queues);
        writer.WriteInstant("firstSeen"u8, group.FirstSeen);
        writer.WriteInstant("lastSeen"u8, group.LastSeen);
        writer.WriteString("sample"u8, group.Sample.Value);
        writer.WriteEndObject();
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
