using ActorJobs.TestKit.Probes;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Actors.Tests.TestKit;

/// <summary>The tools of the tests, where a mistake would make other tests worthless.</summary>
public sealed class FakeTimeProviderTests
{
    private readonly FakeTimeProvider time = new();
    private readonly List<string> fired = [];

    [Fact]
    public void Timers_fire_in_due_order_each_at_its_own_instant()
    {
        var began = time.GetUtcNow();
        Set("late", 5);
        Set("early", 2);
        Set("with early", 2);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["early@2", "with early@2", "late@5"], fired);
        Assert.Equal(began.AddSeconds(10), time.GetUtcNow());

        void Set(string name, int seconds) =>
            time.CreateTimer(_ => fired.Add($"{name}@{(time.GetUtcNow() - began).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_timer_set_by_a_timer_fires_in_the_same_advance_when_it_is_due()
    {
        time.CreateTimer(
            _ =>
            {
                fired.Add("first");
                time.CreateTimer(_ => fired.Add("second"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(["first"], fired);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(["first", "second"], fired);
    }

    [Fact]
    public void A_periodic_timer_goes_on_until_it_is_disposed()
    {
        var timer = time.CreateTimer(_ => fired.Add("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(6));
        timer.Dispose();
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(3, fired.Count);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, time.Timers);
    }

    [Fact]
    public void There_is_one_driver()
    {
        time.CreateTimer(_ => time.Advance(TimeSpan.FromSeconds(1)), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Throws<InvalidOperationException>(() => time.Advance(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => time.Advance(TimeSpan.FromSeconds(-1)));
        time.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Elapsed_time_is_what_was_advanced()
    {
        var began = time.GetTimestamp();
        time.Advance(TimeSpan.FromMilliseconds(1.5));

        Assert.Equal(TimeSpan.FromMilliseconds(1.5), time.GetElapsedTime(began));
    }

    [Fact]
    public async Task An_expectation_that_is_not_met_says_what_was_expected_and_what_was_seen()
    {
        var recording = new Recording<string>("probe");
        recording.Add("one");
        recording.Add("two");
        Assert.Equal("two", await recording.ExpectAsync(word => word == "two"));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => recording.ExpectAsync(word => word == "one", TimeSpan.Zero));

        Assert.Equal("probe: expected word => word == \"one\"; seen: [one, two].", failure.Message);
    }
}
