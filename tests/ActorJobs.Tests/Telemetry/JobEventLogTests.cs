using ActorJobs.Jobs;
using ActorJobs.Telemetry;
using ActorJobs.TestKit.Time;
using ActorJobs.Tests.Jobs;

namespace ActorJobs.Tests.Telemetry;

/// <summary>A flood of failures leaves a few lines and a number in the log, however large it is.</summary>
public sealed class JobEventLogTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly Lines lines = new();
    private readonly JobEventLog log;

    public JobEventLogTests() => log = new JobEventLog(lines, time);

    [Fact]
    public void A_single_failure_is_told_at_once_and_sets_no_timer()
    {
        Fail("mail.send", 1);

        Assert.Equal(0, time.Timers);
        Assert.Contains("(mail.send) attempt 1 Failed", Assert.Single(lines.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_flood_the_first_lines_are_written_and_then_one_with_the_number_of_the_others()
    {
        Fail("mail.send", 10_000);
        Assert.Equal(5, lines.Written.Count);

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(6, lines.Written.Count);
        Assert.Equal("9995 more attempts of mail.send failed within 10 seconds", lines.Written[^1]);
        Assert.Equal(0, time.Timers);
    }

    [Fact]
    public void A_flood_that_goes_on_is_told_of_once_in_each_window()
    {
        for (var second = 0; second < 60; second++)
        {
            Fail("mail.send", 100);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(6 * 6, lines.Written.Count);
        Assert.Equal(6, lines.Written.Count(line => line == "995 more attempts of mail.send failed within 10 seconds"));
    }

    [Fact]
    public void One_kind_does_not_hide_another_nor_failures_dead_letters()
    {
        Fail("mail.send", 1_000);
        Fail("report.build", 1);
        Die("mail.send", 7);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Single(lines.Written, line => line.Contains("report.build", StringComparison.Ordinal));
        Assert.Equal(5, lines.Written.Count(line => line.Contains("is a dead letter", StringComparison.Ordinal)));
        Assert.Contains("2 more jobs of mail.send became dead letters within 10 seconds", lines.Written);
    }

    [Fact]
    public void Kinds_beyond_a_bound_share_their_lines()
    {
        for (var kind = 0; kind < 10_000; kind++)
            Fail($"kind-{kind}", 1);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(256 + 5 + 1, lines.Written.Count);
        Assert.Contains("9739 more attempts of further kinds", lines.Written[^1], StringComparison.Ordinal);

        Fail("kind-9999", 1);
        Assert.Contains("kind-9999", lines.Written[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_ends_tells_what_it_has_left_out()
    {
        Fail("mail.send", 8);
        log.Dispose();

        Assert.Equal("3 more attempts of mail.send failed within 10 seconds", lines.Written[^1]);
        Assert.Equal(0, time.Timers);
    }

    public void Dispose() => log.Dispose();

    private void Fail(string kind, int times) => Change(kind, "retryable", times);

    private void Die(string kind, int times) => Change(kind, "discarded", times);

    private void Change(string kind, string to, int times)
    {
        var (before, after) = (Of(kind, "running"), Of(kind, to));
        for (var i = 0; i < times; i++)
            log.Changed($"job-{i}", before, after);
    }

    private static JobState Of(string kind, string state) => JobSamples.States[state] with { Spec = JobSamples.Spec with { Kind = kind } };

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
