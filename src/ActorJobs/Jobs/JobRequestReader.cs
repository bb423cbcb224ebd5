using System.Collections.Frozen;
using ActorJobs.Telemetry;

namespace ActorJobs.Jobs;

/// <summary>Checks a request and fills in what it leaves open.</summary>
internal sealed class JobRequestReader(FrozenDictionary<string, JobKind> kinds)
{
    private const int MaxTags = 16;
    private const int MaxMeta = 32;
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(3650);

    /// <summary>The largest arguments: what the store takes in one piece. Unit: bytes. Default: 1 MiB.</summary>
    public int MaxArgsBytes { get; init; } = 1 << 20;

    /// <summary>Reads for these kinds.</summary>
    public static JobRequestReader Of(IEnumerable<JobKind> kinds) => new(kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal));

    /// <summary>The job's spec, or what is wrong with the request.</summary>
    public (JobSpec? Spec, JobProblem? Problem) Read(JobRequest request)
    {
        if (!kinds.TryGetValue(request.Kind, out var kind))
            return (null, new("unknown-kind", $"'{request.Kind}' is no kind this node knows. Known kinds: {string.Join(", ", kinds.Keys.Order(StringComparer.Ordinal))}.", "kind"));
        return (ProblemOf(request) ?? kind.ProblemOf?.Invoke(request.Args)) is { } problem ? (null, problem) : (SpecOf(request, kind.Options), null);
    }

    private static JobSpec SpecOf(JobRequest request, KindOptions kind) => new()
    {
        Kind = request.Kind,
        Args = request.Args,
        Queue = request.Queue ?? kind.Queue,
        Priority = request.Priority ?? kind.Priority,
        MaxAttempts = request.MaxAttempts ?? kind.MaxAttempts,
        Backoff = request.Backoff,
        Timeout = request.Timeout ?? kind.Timeout,
        RunAt = request.RunAt,
        StartBy = request.StartBy,
        Retention = request.Retention ?? kind.Retention,
        DeadLetterRetention = request.Retention ?? kind.DeadLetterRetention,
        Unique = request.Unique,
        ConcurrencyKey = request.ConcurrencyKey,
        Dependency = request.Dependency ?? kind.Dependency,
        Tenant = request.Tenant,
        Tags = request.Tags.Count == 0 ? null : [.. request.Tags.Distinct(StringComparer.Ordinal)],
        Meta = request.Meta.Count == 0 ? null : request.Meta,
        ParentId = request.ParentId,
        Trace = ActorJobsDiagnostics.CurrentTrace(),
    };

    /// <summary>What is wrong with other arguments for a job that there is, if anything. A kind that other nodes know is theirs to judge.</summary>
    public JobProblem? ProblemOf(string kind, RawJson args) =>
        SizeProblem(args) ?? (kinds.TryGetValue(kind, out var known) ? known.ProblemOf?.Invoke(args) : null);

    private JobProblem? SizeProblem(RawJson args) => args.Utf8.Length <= MaxArgsBytes ? null : new(
        "invalid-field", $"'args' has {args.Utf8.Length} bytes, and this node's store takes at most {MaxArgsBytes}. Put what is larger elsewhere and hand over where it is.", "args");

    private JobProblem? ProblemOf(JobRequest request) =>
        request.Id is { } id && !JobId.IsValid(id.Value) ? Invalid("id", "1 to 128 letters, digits or any of - _ . : ~, but not dots alone")
        : request.ParentId is { } parent && !JobId.IsValid(parent.Value) ? Invalid("parentId", "a job's id")
        : request.Queue is { } queue && !JobKind.IsValidName(queue) ? Invalid("queue", "letters, digits, dots, hyphens and underscores, a letter first, at most 100")
        : request.Priority is < 0 or > 9 ? Invalid("priority", "0 to 9, 9 first")
        : request.MaxAttempts is < 1 or > 1000 ? Invalid("maxAttempts", "1 to 1000")
        : SizeProblem(request.Args) is { } tooLarge ? tooLarge
        : IsOutside(request.Timeout, TimeSpan.FromMilliseconds(1)) ? Invalid("timeout", "1 ms to 10 years")
        : IsOutside(request.Retention, TimeSpan.Zero) ? Invalid("retention", "0 to 10 years")
        : request.Tenant is { } tenant && !IsShort(tenant, 100) ? Invalid("tenant", "1 to 100 characters, no slash, no control characters")
        : request.ConcurrencyKey is { } key && !IsShort(key, 200) ? Invalid("concurrencyKey", "1 to 200 characters, no slash, no control characters")
        : request.Dependency is { } dependency && !JobKind.IsValidName(dependency) ? Invalid("dependency", "letters, digits, dots, hyphens and underscores, a letter first, at most 100")
        : request.Tags.Count > MaxTags || !request.Tags.All(tag => IsShort(tag, 100)) ? Invalid("tags", "at most 16, each 1 to 100 characters, no slash, no control characters")
        : request.Meta.Count > MaxMeta || request.Meta.Any(item => item.Key.Length > 100 || item.Value.Length > 2000)
            ? Invalid("meta", "at most 32 entries, names up to 100 and values up to 2 000 characters")
        : BackoffProblem(request.Backoff) ?? UniqueProblem(request);

    private static JobProblem? BackoffProblem(Backoff? backoff) => backoff switch
    {
        Backoff.Exponential { Factor: not (>= 1 and <= 100) } => Invalid("backoff.factor", "1 to 100"),
        Backoff.Exponential { Jitter: not (>= 0 and <= 1) } => Invalid("backoff.jitter", "0 to 1"),
        Backoff.Exponential exponential when IsOutside(exponential.Base, TimeSpan.Zero) => Invalid("backoff.base", "0 to 10 years"),
        Backoff.Exponential exponential when IsOutside(exponential.Max, TimeSpan.Zero) => Invalid("backoff.max", "0 to 10 years"),
        Backoff.List { Delays.Count: 0 or > 100 } => Invalid("backoff.delays", "1 to 100 delays"),
        Backoff.List list when list.Delays.Any(delay => IsOutside(delay, TimeSpan.Zero)) => Invalid("backoff.delays", "0 to 10 years each"),
        Backoff.Fixed constant when IsOutside(constant.Delay, TimeSpan.Zero) => Invalid("backoff.delay", "0 to 10 years"),
        _ => null,
    };

    private static JobProblem? UniqueProblem(JobRequest request) => request.Unique switch
    {
        null => null,
        { Key: var key } when !IsShort(key, 200) => Invalid("unique.key", "1 to 200 characters, no slash, no control characters"),
        { Scope: UniqueScope.Period, Period: null } => Invalid("unique.period", "needed with the scope 'period'"),
        { Scope: not UniqueScope.Period, Period: not null } => Invalid("unique.period", "only with the scope 'period'"),
        { Period: { } period } when IsOutside(period, TimeSpan.FromMilliseconds(1)) => Invalid("unique.period", "1 ms to 10 years"),
        { OnConflict: UniqueConflict.Debounce } when request.RunAt is null => Invalid("unique.onConflict", "debounce only together with a time to run at"),
        _ when request.Id is not null => Invalid("unique", "either an id or a unique key: an id is unique by itself"),
        _ => null,
    };

    private static bool IsOutside(TimeSpan? duration, TimeSpan min) => duration is { } value && (value < min || value > MaxDuration);

    private static bool IsShort(string text, int length) =>
        text.Length > 0 && text.Length <= length && !text.AsSpan().ContainsAny('/', '\n') && !text.Any(char.IsControl);

    private static JobProblem Invalid(string field, string allowed) => new("invalid-field", $"'{field}' is out of bounds; allowed: {allowed}.", field);
}
