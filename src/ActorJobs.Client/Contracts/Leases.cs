using System.Text.Json;

namespace ActorJobs.Client;

/// <summary>A worker asks a remote pool for jobs.</summary>
/// <param name="Worker">Its name, for people. Default: <c>worker</c>.</param>
/// <param name="Limit">How many it takes, 1 to 100. Default: 1.</param>
/// <param name="Wait">How long it waits for the first one, up to a minute. Default: 20 seconds.</param>
public sealed record LeaseJobs(string? Worker = null, int? Limit = null, TimeSpan? Wait = null);

/// <summary>Jobs in a worker's hands.</summary>
public sealed record LeaseList(IReadOnlyList<JobLease> Items);

/// <summary>A job in a worker's hands.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Token">What proves that the worker holds it; sent with each word about it.</param>
/// <param name="Kind">What to run.</param>
/// <param name="Args">With what.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="MaxAttempts">How many attempts it may have.</param>
/// <param name="Tenant">For whom it runs.</param>
/// <param name="Meta">The caller's free text.</param>
/// <param name="Checkpoint">What an earlier attempt has left to go on from.</param>
/// <param name="Timeout">How long the attempt may take in all.</param>
/// <param name="Lease">How long the worker may be silent.</param>
/// <param name="ExpiresAt">When it counts as lost unless the worker is heard of.</param>
public sealed record JobLease(
    string Job,
    int Attempt,
    string Token,
    string Kind,
    JsonElement Args,
    string Queue,
    int MaxAttempts,
    string? Tenant,
    IReadOnlyDictionary<string, string> Meta,
    JsonElement? Checkpoint,
    TimeSpan Timeout,
    TimeSpan Lease,
    DateTimeOffset ExpiresAt);

/// <summary>One lease, as its worker names it.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Token">The lease's token.</param>
public sealed record LeaseName(string Job, int Attempt, string Token);

/// <summary>A worker still works on these.</summary>
/// <param name="Leases">At most 100.</param>
public sealed record LeaseHeartbeat(IReadOnlyList<LeaseName> Leases);

/// <summary>How things stand with a worker's leases.</summary>
public sealed record LeaseStateList(IReadOnlyList<LeaseStanding> Items);

/// <summary>How things stand with a lease.</summary>
/// <param name="Job">The job's id; null where the token alone was shown.</param>
/// <param name="State"><c>Held</c>, <c>Cancelled</c> (stop), <c>Ended</c>, <c>Lost</c> (stop: what is told of it changes nothing) or <c>Unknown</c> (ask again).</param>
/// <param name="ExpiresAt">While it is held: when it counts as lost unless the worker is heard of.</param>
public sealed record LeaseStanding(string? Job, string State, DateTimeOffset? ExpiresAt);

/// <summary>How far an attempt is. What is left out stays.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Token">The lease's token.</param>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Message">What is being done.</param>
/// <param name="Log">Lines for the job's log, at most 200.</param>
/// <param name="Checkpoint">What the next attempt can go on from, up to 256 KB; durable once answered.</param>
public sealed record LeaseProgress(
    string? Job, int? Attempt, string? Token, double? Fraction = null, string? Message = null, IReadOnlyList<string>? Log = null, JsonElement? Checkpoint = null);

/// <summary>An attempt succeeded.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Token">The lease's token.</param>
/// <param name="Result">What the job's result is to be. Default: null.</param>
public sealed record LeaseCompletion(string? Job, int? Attempt, string? Token, JsonElement? Result = null);

/// <summary>An attempt failed.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Token">The lease's token.</param>
/// <param name="Error">Why.</param>
/// <param name="RetryAfter">When to try again, in place of the job's back-off.</param>
/// <param name="Discard">Whether no retry can mend it: the job is a dead letter at once.</param>
public sealed record LeaseFailure(string? Job, int? Attempt, string? Token, LeaseError Error, TimeSpan? RetryAfter = null, bool? Discard = null);

/// <summary>Why an attempt failed.</summary>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Type">A word for the sort of error. Default: <c>Failed</c>.</param>
/// <param name="Stack">Where.</param>
public sealed record LeaseError(string Message, string? Type = null, string? Stack = null);
