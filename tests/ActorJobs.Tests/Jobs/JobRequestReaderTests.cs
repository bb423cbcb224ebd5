using System.Collections.Frozen;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

public sealed class JobRequestReaderTests
{
    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3650);

    private static readonly KindOptions Options = new()
    {
        Queue = "mail",
        Priority = 7,
        MaxAttempts = 4,
        Timeout = TimeSpan.FromMinutes(2),
        Retention = TimeSpan.FromHours(1),
        DeadLetterRetention = TimeSpan.FromHours(2),
    };

    private readonly JobRequestReader reader = new(new[] { Kind("mail.send"), Kind("audit"), Kind("zip") }.ToFrozenDictionary(kind => kind.Name));

    // field, what is just inside, what is just outside
    public static TheoryData<string, Func<JobRequest, JobRequest>, Func<JobRequest, JobRequest>> Bounds => new()
    {
        { "id", job => job with { Id = new(new string('x', 128)) }, job => job with { Id = new(new string('x', 129)) } },
        { "id", job => job with { Id = new("a-_.:~9") }, job => job with { Id = new("a b") } },
        { "id", job => job with { Id = new("a") }, job => job with { Id = new("") } },
        { "queue", job => job with { Queue = "q" + new string('x', 99) }, job => job with { Queue = "q" + new string('x', 100) } },
        { "queue", job => job with { Queue = "a.b-c_d" }, job => job with { Queue = "a/b" } },
        { "priority", job => job with { Priority = 0 }, job => job with { Priority = -1 } },
        { "priority", job => job with { Priority = 9 }, job => job with { Priority = 10 } },
        { "maxAttempts", job => job with { MaxAttempts = 1 }, job => job with { MaxAttempts = 0 } },
        { "maxAttempts", job => job with { MaxAttempts = 1000 }, job => job with { MaxAttempts = 1001 } },
        { "args", job => job with { Args = Text(1 << 20) }, job => job with { Args = Text((1 << 20) + 1) } },
        { "timeout", job => job with { Timeout = TimeSpan.FromMilliseconds(1) }, job => job with { Timeout = TimeSpan.Zero } },
        { "timeout", job => job with { Timeout = TenYears }, job => job with { Timeout = TenYears + TimeSpan.FromTicks(1) } },
        { "retention", job => job with { Retention = TimeSpan.Zero }, job => job with { Retention = TimeSpan.FromTicks(-1) } },
        { "retention", job => job with { Retention = TenYears }, job => job with { Retention = TenYears * 2 } },
        { "tenant", job => job with { Tenant = new string('x', 100) }, job => job with { Tenant = new string('x', 101) } },
        { "tenant", job => job with { Tenant = "a b" }, job => job with { Tenant = "" } },
        { "tenant", job => job with { Tenant = "a.b" }, job => job with { Tenant = "a/b" } },
        { "concurrencyKey", job => job with { ConcurrencyKey = new string('x', 200) }, job => job with { ConcurrencyKey = new string('x', 201) } },
        { "concurrencyKey", job => job with { ConcurrencyKey = "a" }, job => job with { ConcurrencyKey = "a\n" } },
        { "tags", job => job with { Tags = Words(16) }, job => job with { Tags = Words(17) } },
        { "tags", job => job with { Tags = [new string('x', 100)] }, job => job with { Tags = [new string('x', 101)] } },
        { "tags", job => job with { Tags = ["a"] }, job => job with { Tags = ["a", ""] } },
        { "meta", job => job with { Meta = Entries(32, 1) }, job => job with { Meta = Entries(33, 1) } },
        { "meta", job => job with { Meta = Entries(1, 2000) }, job => job with { Meta = Entries(1, 2001) } },
        { "backoff.factor", job => job with { Backoff = Wait(factor: 1) }, job => job with { Backoff = Wait(factor: 0.99) } },
        { "backoff.factor", job => job with { Backoff = Wait(factor: 100) }, job => job with { Backoff = Wait(factor: 101) } },
        { "backoff.factor", job => job with { Backoff = Wait(factor: 2) }, job => job with { Backoff = Wait(factor: double.NaN) } },
        { "backoff.jitter", job => job with { Backoff = Wait(jitter: 0) }, job => job with { Backoff = Wait(jitter: -0.1) } },
        { "backoff.jitter", job => job with { Backoff = Wait(jitter: 1) }, job => job with { Backoff = Wait(jitter: 1.1) } },
        { "backoff.jitter", job => job with { Backoff = Wait(jitter: 0.5) }, job => job with { Backoff = Wait(jitter: double.NaN) } },
        { "backoff.base", job => job with { Backoff = Wait(from: TimeSpan.Zero) }, job => job with { Backoff = Wait(from: TimeSpan.FromTicks(-1)) } },
        { "backoff.max", job => job with { Backoff = Wait(to: TenYears) }, job => job with { Backoff = Wait(to: TenYears * 2) } },
        { "backoff.delays", job => job with { Backoff = List(1) }, job => job with { Backoff = List(0) } },
        { "backoff.delays", job => job with { Backoff = List(100) }, job => job with { Backoff = List(101) } },
        { "backoff.delays", job => job with { Backoff = List(2) }, job => job with { Backoff = new Backoff.List([TimeSpan.FromSeconds(-1)]) } },
        {
            "backoff.delay", job => job with { Backoff = new Backoff.Fixed(TimeSpan.Zero) },
            job => job with { Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(-1)) }
        },
        { "unique.key", job => job with { Unique = new(new string('x', 200)) }, job => job with { Unique = new(new string('x', 201)) } },
        { "unique.key", job => job with { Unique = new("k") }, job => job with { Unique = new("") } },
        {
            "unique.period", job => job with { Unique = new("k", UniqueScope.Period, TimeSpan.FromMilliseconds(1)) },
            job => job with { Unique = new("k", UniqueScope.Period, TimeSpan.Zero) }
        },
        {
            "unique.period", job => job with { Unique = new("k", UniqueScope.Period, TimeSpan.FromHours(1)) },
            job => job with { Unique = new("k", UniqueScope.UntilFinished, TimeSpan.FromHours(1)) }
        },
        { "unique.period", job => job with { Unique = new("k") }, job => job with { Unique = new("k", UniqueScope.Period) } },
        {
            "unique.onConflict", job => job with { Unique = new("k", OnConflict: UniqueConflict.Debounce), RunAt = DateTimeOffset.UnixEpoch },
            job => job with { Unique = new("k", OnConflict: UniqueConflict.Debounce) }
        },
        { "unique", job => job with { Unique = new("k") }, job => job with { Unique = new("k"), Id = new("me") } },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Each_field_is_taken_up_to_its_bound_and_refused_beyond(
        string field, Func<JobRequest, JobRequest> inside, Func<JobRequest, JobRequest> outside)
    {
        var request = new JobRequest { Kind = "audit" };

        Assert.Null(reader.Read(inside(request)).Problem);
        var (spec, problem) = reader.Read(outside(request));
        Assert.Null(spec);
        Assert.Equal(("invalid-field", field), (problem!.Code, problem.Field));
        Assert.Contains(field, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_kind_is_answered_with_the_known_ones()
    {
        var (_, problem) = reader.Read(new JobRequest { Kind = "mail.sent" });

        Assert.Equal(
            new JobProblem("unknown-kind", "'mail.sent' is no kind this node knows. Known kinds: audit, mail.send, zip.", "kind"), problem);
    }

    [Fact]
    public void What_a_request_leaves_open_comes_from_its_kind()
    {
        var spec = reader.Read(new JobRequest { Kind = "audit" }).Spec!;

        Assert.Equal(
            ("mail", 7, 4, TimeSpan.FromMinutes(2), TimeSpan.FromHours(1), TimeSpan.FromHours(2)),
            (spec.Queue, spec.Priority, spec.MaxAttempts, spec.Timeout, spec.Retention, spec.DeadLetterRetention));
        Assert.Null(spec.Backoff); // the kind's, as it is when an attempt fails
    }

    [Fact]
    public void What_a_request_says_comes_before_its_kind()
    {
        var spec = reader.Read(new JobRequest
        {
            Kind = "audit",
            Queue = "own",
            Priority = 0,
            MaxAttempts = 1,
            Timeout = TimeSpan.FromSeconds(1),
            Retention = TimeSpan.FromSeconds(2),
            Tags = ["a", "b", "a"],
        }).Spec!;

        Assert.Equal(("own", 0, 1, TimeSpan.FromSeconds(1)), (spec.Queue, spec.Priority, spec.MaxAttempts, spec.Timeout));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)), (spec.Retention, spec.DeadLetterRetention));
        Assert.Equal(["a", "b"], spec.Tags!);
    }

    private static JobKind Kind(string name) => new(name, Options, (_, _) => default);

    private static RawJson Text(int bytes) => RawJson.Of(new string('x', bytes - 2));

    private static string[] Words(int count) => [.. Enumerable.Range(0, count).Select(number => $"tag-{number}")];

    private static Dictionary<string, string> Entries(int count, int length) =>
        Enumerable.Range(0, count).ToDictionary(number => $"entry-{number}", _ => new string('x', length));

    private static Backoff.Exponential Wait(TimeSpan? from = null, double factor = 2, TimeSpan? to = null, double jitter = 1) =>
        new(from ?? TimeSpan.FromSeconds(1), factor, to ?? TimeSpan.FromHours(1), jitter);

    private static Backoff.List List(int count) => new([.. Enumerable.Repeat(TimeSpan.FromSeconds(1), count)]);
}
