namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Multi-line strings".</summary>
public sealed class MultiLineStringsTests
{
    private const string Quotes = "\"\"\"";

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("first\n  second\n")]
    [InlineData("\\n stays \\u0041 as it is")]
    [InlineData("a \"quoted\" word and \"\"two\"\"")]
    [InlineData("${x} # no // comment {")]
    [InlineData("tab\tand\rreturn")]
    public void Everything_between_triple_quotes_is_taken_as_it_is(string content) =>
        Assert.Equal(content, Text($"a = {Quotes}{content} {Quotes}")[..^1]);

    [Theory]
    [InlineData("foo\"")]
    [InlineData("foo\"\"")]
    [InlineData("foo\"\"\"\"\"")]
    public void Quotes_before_the_last_three_belong_to_the_string(string content) => Assert.Equal(content, Text($"a = {Quotes}{content}{Quotes}"));

    [Theory]
    [InlineData("\"\"\"open")]
    [InlineData("\"\"\"open\"\"")]
    [InlineData("\"\"\"")]
    public void One_that_is_not_closed_is_reported_where_it_begins(string value)
    {
        var error = Conf.Error("x = 1\na = " + value);
        Assert.Equal(new HoconPosition(Conf.Path, 2, 5), error.Position);
        Assert.Contains("not closed", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_within_are_counted() => Assert.Equal(4, Conf.Error($"a = {Quotes}1\n2\n3{Quotes}\nb = ^").Position.Line);

    [Fact]
    public void It_takes_part_in_concatenation() => Assert.Equal("x y\nz 1", Text($"a = x {Quotes}y\nz{Quotes} 1"));

    private static string Text(string text) => ((Resolution.HoconScalar)Conf.Load(text, null, null).Fields[0].Value).Text!;
}
