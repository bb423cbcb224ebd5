namespace ActorJobs.Tests.Jobs;

public sealed class BackoffTests
{
    [Fact]
    public void The_default_doubles_from_two_seconds_to_an_hour_and_draws_all_of_it()
    {
        Assert.Equal(
            [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600],
            Enumerable.Range(1, 13).Select(attempt => Backoff.Default.After(attempt, 0).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(1), Backoff.Default.After(1, 0.5));
        Assert.InRange(Backoff.Default.After(1, 0.999_999), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(0, 0.9, 8)]
    [InlineData(0.25, 0, 8)]
    [InlineData(0.25, 1, 6)]
    [InlineData(1, 0.25, 6)]
    public void Jitter_is_the_share_that_is_drawn(double jitter, double random, double seconds) =>
        Assert.Equal(seconds, new Backoff.Exponential(TimeSpan.FromSeconds(2), 2, TimeSpan.FromHours(1), jitter).After(3, random).TotalSeconds, 6);

    [Fact]
    public void No_attempt_however_late_overflows()
    {
        var steep = new Backoff.Exponential(TimeSpan.FromDays(3650), 100, TimeSpan.FromDays(3650), 0);

        Assert.All([1, 2, 64, 65, 1000, int.MaxValue], attempt => Assert.Equal(TimeSpan.FromDays(3650), steep.After(attempt, 0)));
    }

    [Fact]
    public void The_last_of_a_list_is_used_again()
    {
        var list = new Backoff.List([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)]);

        Assert.Equal(TimeSpan.FromSeconds(1), list.After(1, 0.7));
        Assert.All([2, 3, 900], attempt => Assert.Equal(TimeSpan.FromSeconds(5), list.After(attempt, 0.7)));
        Assert.Equal(TimeSpan.Zero, new Backoff.List([]).After(1, 0));
    }

    [Fact]
    public void A_fixed_wait_is_always_the_same() =>
        Assert.All([1, 2, 50], attempt => Assert.Equal(TimeSpan.FromSeconds(9), new Backoff.Fixed(TimeSpan.FromSeconds(9)).After(attempt, 0.5)));

    [Fact]
    public void Lists_are_equal_by_what_they_hold()
    {
        var one = new Backoff.List([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)]);

        Assert.Equal(one, new Backoff.List([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)]));
        Assert.Equal(one.GetHashCode(), new Backoff.List([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)]).GetHashCode());
        Assert.NotEqual(one, new Backoff.List([TimeSpan.FromSeconds(1)]));
    }
}
