using ActorJobs.Hosting.Settings;

namespace ActorJobs.Tests.Hosting.Settings;

public sealed class ByteSizeTextTests
{
    [Theory]
    [InlineData("536870912", 536_870_912)]
    [InlineData("512 MiB", 536_870_912)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("512Mi", 536_870_912)]
    [InlineData("512m", 536_870_912)]
    [InlineData("64K", 65_536)]
    [InlineData("64kB", 64_000)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("2 TiB", 2_199_023_255_552)]
    [InlineData("10 B", 10)]
    [InlineData(" 1G ", 1_073_741_824)]
    public void Every_documented_form_is_read(string text, long expected)
    {
        Assert.True(ByteSizeText.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("much")]
    [InlineData("-1")]
    [InlineData("1 XB")]
    [InlineData("1 s")]
    [InlineData("1 KiBi")]
    [InlineData("999999999999999 TiB")]
    public void Anything_else_is_refused(string text) => Assert.False(ByteSizeText.TryParse(text, out _));
}
