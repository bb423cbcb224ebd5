namespace ActorJobs.Tests.Limits;

/// <summary>Rates as people write them.</summary>
public sealed class RateTests
{
    [Theory]
    [InlineData("50/s", 50, 1_000, "50/s")]
    [InlineData("1000/m", 1000, 60_000, "1000/m")]
    [InlineData("20/10s", 20, 10_000, "20/10s")]
    [InlineData("5/PT30S", 5, 30_000, "5/30s")]
    [InlineData("7 / 250 ms", 7, 250, "7/250ms")]
    [InlineData("3/hour", 3, 3_600_000, "3/h")]
    public void A_rate_is_read_and_written(string text, int count, int milliseconds, string written)
    {
        Assert.True(Rate.TryParse(text, out var rate));
        Assert.Equal(new Rate(count, TimeSpan.FromMilliseconds(milliseconds)), rate);
        Assert.Equal(written, rate.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("50")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("1000001/s")]
    [InlineData("5/1ms")]
    [InlineData("5/2d")]
    [InlineData("5/fortnight")]
    [InlineData("s/5")]
    public void What_is_no_rate_is_none(string? text) => Assert.False(Rate.TryParse(text, out _));
}
