namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "String value concatenation".</summary>
public sealed class StringConcatenationTests
{
    [Theory]
    [InlineData("k =  foo bar baz ", "foo bar baz")]
    [InlineData("k = foo \t  bar", "foo \\t  bar")]
    [InlineData("k = \"foo bar\"", "foo bar")]
    [InlineData("k = foo\" bar \"baz", "foo bar baz")]
    [InlineData("k = \" foo \" \" bar \"", " foo   bar ")]
    [InlineData("k = the year 2026 is true", "the year 2026 is true")]
    [InlineData("k = null and null", "null and null")]
    [InlineData("k = 1e5 x 1.50", "1e5 x 1.50")]
    [InlineData("k = 10 seconds", "10 seconds")]
    public void Simple_values_on_one_line_are_one_string(string text, string expected) => Assert.Equal($$"""{"k":"{{expected}}"}""", Conf.Json(text));

    [Fact]
    public void It_ends_with_the_line() => Assert.Contains("after the key", Conf.Error("k = foo\nbar").Problem, StringComparison.Ordinal);

    [Fact]
    public void It_works_in_keys_values_and_elements() =>
        Assert.Equal("""{"a b":["c d","e f"]}""", Conf.Json("a b = [ c d, e f ]"));

    [Theory]
    [InlineData("n = 1e5, k = x${n}", "x1e5")]
    [InlineData("n = true, k = ${n} or not", "true or not")]
    [InlineData("n = null, k = ${n}${n}", "nullnull")]
    [InlineData("n = abc, k = ${n} ${n}", "abc abc")]
    [InlineData("n = abc, k = ${n}\" \"${n}", "abc abc")]
    public void Substitutions_take_part_as_their_text(string text, string expected) =>
        Assert.Contains($"\"k\":\"{expected}\"", Conf.Json(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("k = x { a = 1 }")]
    [InlineData("k = { a = 1 } x")]
    [InlineData("k = x [1]")]
    [InlineData("k = [1] \"x\"")]
    [InlineData("o { a = 1 }, k = x${o}")]
    [InlineData("o = [1], k = ${o} x")]
    public void Objects_and_arrays_take_no_part(string text) =>
        Assert.Contains("text cannot be joined with an object or an array", Conf.Error(text).Problem, StringComparison.Ordinal);
}
