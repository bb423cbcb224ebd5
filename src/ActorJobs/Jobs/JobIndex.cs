using System.Collections.Concurrent;
using System.Globalization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Jobs;

/// <summary>The lists jobs are in, by name, and their order.</summary>
internal static class JobIndex
{
    public const string Prefix = "job/";

    /// <summary>Marks an available job that is claimed only when a slot is free for it: one more lost attempt would end it, or it may have killed a node.</summary>
    private const string Careful = "!";

    private static readonly ConcurrentDictionary<(JobStatus, string, int), string> Names = new();

    /// <summary>The jobs of a queue in a state; available ones by priority, so that no level hides another.</summary>
    public static string Of(JobStatus status, string queue, int priority)
    {
        var key = (status, queue, status == JobStatus.Available ? priority : 0);
        if (Names.TryGetValue(key, out var known))
            return known;
        var name = NameOf(key);
        if (Interlocked.Increment(ref namesKept) <= MaxNames) // the dictionary's own count takes all of its locks
            Names.TryAdd(key, name);
        return name;
    }

    /// <summary>The lists of a queue in a state begin with this.</summary>
    public static string PrefixOf(JobStatus status) => $"{Prefix}{status}/";

    /// <summary>The jobs with a tag, whatever their state.</summary>
    public static string OfTag(string tag) => "job-tag/" + tag;

    /// <summary>The jobs that a bulk action has changed and that have not moved on since.</summary>
    public static string OfAction(string action) => "job-action/" + action;

    /// <summary>The jobs of a tenant, whatever their state.</summary>
    public static string OfTenant(string tenant) => "job-tenant/" + tenant;

    /// <summary>The jobs of a tenant in a state. A list for each, so that what runs and ran for a tenant is counted without looking at jobs.</summary>
    public static string OfTenant(string tenant, JobStatus status) => PrefixOfTenant(tenant) + status;

    /// <summary>The lists of a tenant by state begin with this; a tenant has no slash.</summary>
    public static string PrefixOfTenant(string tenant) => $"job-tenant-state/{tenant}/";

    /// <summary>The state of a tenant's list.</summary>
    public static JobStatus StatusOfTenant(string name) => Enum.Parse<JobStatus>(name.AsSpan(name.LastIndexOf('/') + 1));

    /// <summary>State, queue and, for available jobs, priority of a list's name.</summary>
    public static (JobStatus Status, string Queue, int Priority) Parse(string name)
    {
        var parts = name.Split('/');
        return (Enum.Parse<JobStatus>(parts[1]), parts[2], parts.Length > 3 ? int.Parse(parts[3], CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>The time that orders a state's list, in units of 4 µs: below 2^53, so that a double holds it.</summary>
    public static long SortOf(JobState state) => Time(state switch
    {
        { Running: { } running } => running.At,
        { Status: JobStatus.Waiting } => state.CreatedAt,
        _ => state.Since,
    });

    /// <summary>The instant of a sort.</summary>
    public static DateTimeOffset InstantOf(long sort) => DateTimeOffset.UnixEpoch.AddTicks(sort * 40);

    /// <summary>Whether an entry's job is to be claimed with care.</summary>
    public static bool IsCareful(string? value) => value is not null && value.StartsWith(Careful, StringComparison.Ordinal);

    /// <summary>What limits know of an entry's job.</summary>
    public static Limits.JobTicket TicketOf(string? value) =>
        value is null ? default : Limits.JobTicket.Parse(IsCareful(value) ? value[Careful.Length..] : value);

    /// <summary>Whether a state's list is read from its beginning (what comes next) rather than its end (what came last).</summary>
    public static bool IsAscending(JobStatus status) => status is JobStatus.Available or JobStatus.Scheduled or JobStatus.Retryable;

    public static IReadOnlyList<IndexEntry> EntriesOf(JobState state, JobSpec spec)
    {
        var main = new IndexEntry(Of(state.VisibleStatus, spec.Queue, spec.Priority), SortOf(state), ValueOf(state, spec));
        if (spec.Tenant is null && spec.Tags is null && state.Undo is null)
            return [main];
        var created = Time(state.CreatedAt);
        var entries = new List<IndexEntry> { main };
        if (spec.Tenant is { } tenant)
        {
            entries.Add(new(OfTenant(tenant), created));
            entries.Add(new(OfTenant(tenant, state.VisibleStatus), created));
        }

        if (spec.Tags is { } tags)
            entries.AddRange(tags.Select(tag => new IndexEntry(OfTag(tag), created)));
        if (state.Undo is { } undo)
            entries.Add(new(OfAction(undo.Action), Time(undo.At)));
        return entries;
    }

    private static long Time(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 40;

    public static string? ValueOf(JobState state, JobSpec spec) =>
        state.VisibleStatus == JobStatus.Available && (state.Used + 1 >= spec.MaxAttempts || state.Attempts is [.., { Outcome: AttemptOutcome.Lost }])
            ? Careful + Limits.JobTicket.TextOf(spec)
            : state.VisibleStatus == JobStatus.Available ? Limits.JobTicket.TextOf(spec) : spec.Tenant;

    private static string NameOf((JobStatus Status, string Queue, int Priority) of) => of.Status == JobStatus.Available
        ? $"{Prefix}{of.Status}/{of.Queue}/{of.Priority}"
        : $"{Prefix}{of.Status}/{of.Queue}";

    private const int MaxNames = 10_000;

    private static int namesKept;
}
