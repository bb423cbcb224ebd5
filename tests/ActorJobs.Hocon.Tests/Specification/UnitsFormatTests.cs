namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Units format", "Duration format" and "Size in bytes format".</summary>
public sealed class UnitsFormatTests
{
    [Theory]
    [InlineData("100 ns", 0.0001)]
    [InlineData("100 nanos", 0.0001)]
    [InlineData("1000nano", 0.001)]
    [InlineData("1000 nanosecond", 0.001)]
    [InlineData("1000 nanoseconds", 0.001)]
    [InlineData("5 us", 0.005)]
    [InlineData("5 micro", 0.005)]
    [InlineData("5 micros", 0.005)]
    [InlineData("5 microsecond", 0.005)]
    [InlineData("5 microseconds", 0.005)]
    [InlineData("250ms", 250)]
    [InlineData("250 milli", 250)]
    [InlineData("250 millis", 250)]
    [InlineData("1 millisecond", 1)]
    [InlineData("250 milliseconds", 250)]
    [InlineData("10s", 10_000)]
    [InlineData("1 second", 1_000)]
    [InlineData("10 seconds", 10_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1 minute", 60_000)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1 hour", 3_600_000)]
    [InlineData("2 hours", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1 day", 86_400_000)]
    [InlineData("2 days", 172_800_000)]
    [InlineData("  7   s  ", 7_000)]
    [InlineData("500", 500)]
    [InlineData("-3s", -3_000)]
    [InlineData("1e3", 1_000)]
    public void Durations(string text, double milliseconds)
    {
        Assert.True(HoconDuration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond)), value);
    }

    [Theory]
    [InlineData("PT10S", 10_000)]
    [InlineData("PT0.25S", 250)]
    [InlineData("P1DT2H", 93_600_000)]
    [InlineData("-PT1M", -60_000)]
    public void Durations_of_ISO_8601_pass_through(string text, double milliseconds)
    {
        Assert.True(HoconDuration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Fact]
    public void A_number_without_a_unit_takes_the_default_unit()
    {
        Assert.True(HoconDuration.TryParse("30", TimeSpan.FromSeconds(1), out var value));
        Assert.Equal(TimeSpan.FromSeconds(30), value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10 S")]
    [InlineData("10 Seconds")]
    [InlineData("10 weeks")]
    [InlineData("10 s s")]
    [InlineData("ten seconds")]
    [InlineData("1,5s")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("PT")]
    [InlineData("1e30 s")]
    [InlineData("99999999999999 days")]
    public void What_is_no_duration(string? text) => Assert.False(HoconDuration.TryParse(text, out _));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("512 b", 512)]
    [InlineData("1 byte", 1)]
    [InlineData("512 bytes", 512)]
    [InlineData("1kB", 1_000)]
    [InlineData("2 kilobytes", 2_000)]
    [InlineData("3MB", 3_000_000)]
    [InlineData("1 gigabyte", 1_000_000_000)]
    [InlineData("2TB", 2_000_000_000_000)]
    [InlineData("1PB", 1_000_000_000_000_000)]
    [InlineData("1EB", 1_000_000_000_000_000_000)]
    [InlineData("512K", 512 * 1024)]
    [InlineData("512k", 512 * 1024)]
    [InlineData("512Ki", 512 * 1024)]
    [InlineData("1 kibibyte", 1024)]
    [InlineData("10MiB", 10 * 1024 * 1024)]
    [InlineData("10m", 10 * 1024 * 1024)]
    [InlineData("1.5G", 1_610_612_736)]
    [InlineData("2 gibibytes", 2_147_483_648)]
    [InlineData("1T", 1L << 40)]
    [InlineData("1Pi", 1L << 50)]
    [InlineData("1 exbibyte", 1L << 60)]
    [InlineData("0.5B", 0)]
    [InlineData("0.000001YB", 1_000_000_000_000_000_000)]
    public void Sizes(string text, long bytes)
    {
        Assert.True(HoconSize.TryParse(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("KB")]
    [InlineData("1 kb")]
    [InlineData("1 Kilobyte")]
    [InlineData("-1K")]
    [InlineData("1 ZB")]
    [InlineData("9223372036854775808")]
    [InlineData("79228162514264337593543950335 Y")]
    [InlineData("1 K B")]
    public void What_is_no_size(string? text) => Assert.False(HoconSize.TryParse(text, out _));
}
