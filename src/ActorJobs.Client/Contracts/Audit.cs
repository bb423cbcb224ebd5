namespace ActorJobs.Client;

/// <summary>A part of the audit log, newest entry first.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record AuditList(IReadOnlyList<AuditEntry> Items, string? Next);

/// <summary>What an operator did.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Who">Who asked.</param>
/// <param name="Action">What was asked for, for instance <c>job.cancel</c>.</param>
/// <param name="Target">Upon what.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Details">With what, for instance the new size.</param>
/// <param name="Outcome">Done, Refused, Failed, or Unknown while it is under way or when the node died over it.</param>
/// <param name="Problem">Why it was refused or failed.</param>
public sealed record AuditEntry(
    string Id, DateTimeOffset At, string Who, string Action, string? Target, string? Reason, string? Details, string Outcome, string? Problem);

/// <summary>The optional body of an operator's action.</summary>
/// <param name="Text">Kept in the audit log. On the wire: <c>reason</c>.</param>
public sealed record Reason([property: System.Text.Json.Serialization.JsonPropertyName("reason")] string? Text = null);
