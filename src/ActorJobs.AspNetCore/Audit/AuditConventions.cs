namespace ActorJobs.AspNetCore;

/// <summary>Marks routes whose use is written to the audit log.</summary>
public static class AuditConventions
{
    /// <summary>
    /// Writes an entry before the route does anything, and what became of it before its answer leaves. The target is the route's <c>id</c>,
    /// <c>name</c> or <c>category</c>; a handler adds a reason and details with <see cref="AuditNote"/>.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="action">What it does, as noun and verb: <c>job.cancel</c>.</param>
    public static RouteHandlerBuilder Audit(this RouteHandlerBuilder route, string action) => route.AddEndpointFilter(new AuditFilter(action));
}

/// <summary>What a handler has to say about the action it carries out; in the request's features while it is audited.</summary>
public sealed class AuditNote
{
    private const int MaxText = 500;

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; private set; }

    /// <summary>With what.</summary>
    public string? Details { get; private set; }

    /// <summary>Adds to the entry of this request, if it is audited. Texts over 500 characters are cut.</summary>
    public static void Add(HttpContext context, string? reason = null, string? details = null)
    {
        if (context.Features.Get<AuditNote>() is not { } note)
            return;
        note.Reason = Cut(reason) ?? note.Reason;
        note.Details = Cut(details) ?? note.Details;
    }

    private static string? Cut(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Length <= MaxText ? text : text[..(MaxText - 1)] + "…";
}
