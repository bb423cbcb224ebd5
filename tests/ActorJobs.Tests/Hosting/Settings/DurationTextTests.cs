using ActorJobs.Hosting.Settings;

namespace ActorJobs.Tests.Hosting.Settings;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("PT6S", 6)]
    [InlineData("PT0.25S", 0.25)]
    [InlineData("P1DT2H", 93_600)]
    [InlineData("00:00:06", 6)]
    [InlineData("1.02:00:00", 93_600)]
    [InlineData("6", 6)]
    [InlineData("0.5", 0.5)]
    [InlineData("6 seconds", 6)]
    [InlineData("6s", 6)]
    [InlineData("250 ms", 0.25)]
    [InlineData("1.5h", 5_400)]
    [InlineData("2 days", 172_800)]
    [InlineData(" PT6S ", 6)]
    public void Every_documented_form_is_read(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("6 parsecs")]
    [InlineData("-6")]
    [InlineData("25:00:00")]
    [InlineData("999999999999999d")]
    public void Anything_else_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
