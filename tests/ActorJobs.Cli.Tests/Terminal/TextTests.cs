using System.Text.Json;

namespace ActorJobs.Cli.Tests.Terminal;

/// <summary>Values as people read and write them.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("90", 90_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("PT10S", 10_000)]
    [InlineData("0", 0)]
    public void Durations_are_read(string text, double milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("10 s")]
    [InlineData("1m1h")]
    [InlineData("1e9")]
    [InlineData("99999999999999")]
    [InlineData("NaN")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("\"2026-11-22T10:00:00.1234567Z\"", "2026-11-22 10:00:00.123Z")]
    [InlineData("\"PT1M30S\"", "1m 30s")]
    [InlineData("\"Paris\"", "Paris")]
    [InlineData("\"P\"", "P")]
    [InlineData("1.23456", "1.235")]
    [InlineData("12345678901", "12345678901")]
    [InlineData("true", "yes")]
    [InlineData("null", "")]
    [InlineData("[1,\"a\"]", "1, a")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("\"a\\u001b[31m\\nb\"", "a\\u001B[31m b")]
    public void Values_become_cells(string json, string cell) => Assert.Equal(cell, CellText.Of(JsonElement.Parse(json)));

    [Theory]
    [InlineData("a\r\nb\tc", "a b c")]
    [InlineData("\u202egnp.exe", "\\u202Egnp.exe")]
    [InlineData("\u009b31m", "\\u009B31m")]
    [InlineData("żółć 漢字", "żółć 漢字")]
    public void Text_is_safe_to_write(string text, string safe) => Assert.Equal(safe, SafeText.Line(text));

    [Fact]
    public void Answers_become_grids()
    {
        var grids = AnswerView.GridsOf(JsonElement.Parse("""{"a":1,"b":{"c":2,"d":null},"e":[],"f":{},"g":[{"x":1},{"y":2}],"h":"one\ntwo"}"""), []).ToArray();

        Assert.Equal(["a=1", "b.c=2"], grids[0].Rows.Select(row => $"{row[0]}={row[1]}"));
        Assert.Equal(("g", "x|y", "1|", "|2"), (grids[1].Title!, string.Join('|', grids[1].Headers), string.Join('|', grids[1].Rows[0]), string.Join('|', grids[1].Rows[1])));
        Assert.Equal(["one", "two"], grids[2].Rows.Select(row => row[0]));
    }

    [Fact]
    public void Columns_reach_into_objects_and_names_with_dots_win()
    {
        var grid = Grid.Of([JsonElement.Parse("""{"error":{"message":"x"},"a.b":1,"a":{"b":2}}""")], ["error.message", "a.b", "none.at.all"]);

        Assert.Equal(["message", "b", "all"], grid.Headers);
        Assert.Equal(["x", "1", ""], grid.Rows[0]);
    }
}
