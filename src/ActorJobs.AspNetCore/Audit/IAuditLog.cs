namespace ActorJobs.AspNetCore;

/// <summary>
/// Where operators' actions are written down. Registered by default: a log in the node's store. Register your own before <c>AddActorJobsApi</c> to
/// keep it elsewhere.
/// </summary>
public interface IAuditLog
{
    /// <summary>Writes what is about to be done. It is durable when the task ends; when it throws, the action is not done.</summary>
    ValueTask BeginAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Writes what became of it.</summary>
    ValueTask EndAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>The entries, newest first.</summary>
    /// <param name="cursor">The last page's <see cref="AuditPage.Next"/>, or null. One that is none of ours throws <see cref="FormatException"/>.</param>
    /// <param name="limit">1 to 1 000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<AuditPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken = default);
}
