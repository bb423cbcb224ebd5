using System.Text.Json;

namespace ActorJobs.Client;

/// <summary>The answer to a submit: the job is stored.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="State">Its state.</param>
/// <param name="Durability">The level reached: <c>memory</c>, <c>fsync</c>, <c>everysec</c> or <c>replicated(n)</c>.</param>
/// <param name="IsNew">False when the id, the idempotency key or the unique key belonged to a job already there.</param>
public sealed record SubmitReceipt(string Id, string State, string Durability, bool IsNew);

/// <summary>The answer to a batch.</summary>
/// <param name="Accepted">How many jobs were accepted.</param>
/// <param name="Ids">Their ids, in the order of the request; refused jobs are left out.</param>
/// <param name="Errors">The refused jobs.</param>
/// <param name="Durability">The level that all accepted ones have reached at least; null when there are none.</param>
public sealed record BatchReceipt(int Accepted, IReadOnlyList<string> Ids, IReadOnlyList<BatchError> Errors, string? Durability = null)
{
    /// <summary>Those of <see cref="Ids"/> whose id, idempotency key or unique key belonged to a job already there: nothing was added for them. Empty when all are new.</summary>
    public IReadOnlyList<string> Existing { get; init; } = [];
}

/// <summary>Why one job of a batch was refused.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Problem">What was wrong.</param>
public sealed record BatchError(int Index, Problem Problem);

/// <summary>The answer to cancel, retry and promote.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="State">Its state after the command.</param>
public sealed record JobCommandReceipt(string Id, string State);

/// <summary>The optional body of a retry.</summary>
/// <param name="Args">Other arguments for the job.</param>
/// <param name="Reason">Kept in the audit log.</param>
public sealed record RetryJob(JsonElement? Args = null, string? Reason = null);

/// <summary>The optional body of a cancel.</summary>
/// <param name="Reason">Kept in the job's history and in the audit log.</param>
public sealed record CancelJob(string? Reason = null);
