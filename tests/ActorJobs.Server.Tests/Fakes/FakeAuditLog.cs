using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests;

/// <summary>The audit log in a list.</summary>
public sealed class FakeAuditLog : IAuditLog
{
    /// <summary>What every beginning fails with, as while the store is away.</summary>
    public Exception? Failure { get; set; }

    public List<AuditEntry> Begun { get; } = [];

    public List<AuditEntry> Ended { get; } = [];

    public ValueTask BeginAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
            throw Failure;
        Begun.Add(entry);
        return default;
    }

    public ValueTask EndAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        Ended.Add(entry);
        return default;
    }

    public ValueTask<AuditPage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken = default) =>
        cursor is null ? new(new AuditPage(Ended, null)) : throw new FormatException();
}
