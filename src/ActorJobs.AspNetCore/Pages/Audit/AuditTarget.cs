namespace ActorJobs.AspNetCore.Pages.Audit;

/// <summary>Where the thing is shown that an entry of the audit log is about.</summary>
internal static class AuditTarget
{
    /// <summary>A path, or null for what has no page, or may have none any more.</summary>
    public static string? PathOf(string action, string target) => action.Split('.')[0] switch
    {
        "job" => $"/jobs/{Uri.EscapeDataString(target)}",
        "queue" => $"/jobs?queue={Uri.EscapeDataString(target)}",
        "workflow" => $"/workflows/{Uri.EscapeDataString(target)}",
        "pool" => "/queues",
        _ => null,
    };
}
