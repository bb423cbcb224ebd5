using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>What operators did.</summary>
internal static class AuditEndpoints
{
    private const int MaxPage = 1000;
    private const int DefaultPage = 50;

    public static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", ListAsync).WithSummary("What operators did, newest first").WithTags("audit")
            .RequireRole(AccessRole.Operator).Produces<Client.AuditList>().ProducesRefusals(400);

    private static async Task<IResult> ListAsync(HttpContext context, IAuditLog log, string? cursor, string? limit)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "cursor", "limit") is { } unknown)
            return unknown;
        if (!QueryRules.TryReadLimit(limit, DefaultPage, MaxPage, out var size, out var problem))
            return problem;
        try
        {
            var page = await log.ListAsync(string.IsNullOrEmpty(cursor) ? null : cursor, size, context.RequestAborted);
            return JsonBody.OfPage(page.Items, page.Next, WriteEntry);
        }
        catch (FormatException)
        {
            return Problems.InvalidCursor();
        }
    }

    private static void WriteEntry(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, entry.Id);
        writer.WriteInstant("at"u8, entry.At);
        writer.WriteString("who"u8, entry.Who);
        writer.WriteString("action"u8, entry.Action);
        writer.WriteString("target"u8, entry.Target);
        writer.WriteString("reason"u8, entry.Reason);
        writer.WriteString("details"u8, entry.Details);
        writer.WriteString("outcome"u8, entry.Outcome.ToString());
        writer.WriteString("problem"u8, entry.Problem);
        writer.WriteEndObject();
    }
}
