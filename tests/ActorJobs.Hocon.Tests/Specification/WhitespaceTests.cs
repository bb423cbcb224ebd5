namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Whitespace".</summary>
public sealed class WhitespaceTests
{
    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('\v')]
    [InlineData('\f')]
    [InlineData('\r')]
    [InlineData('\u001C')]
    [InlineData('\u001D')]
    [InlineData('\u001E')]
    [InlineData('\u001F')]
    [InlineData('\u00A0')]
    [InlineData('\u2003')]
    [InlineData('\u2007')]
    [InlineData('\u202F')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u3000')]
    [InlineData('\uFEFF')]
    public void Unicode_separators_and_listed_controls_are_whitespace(char space) =>
        Assert.Equal("""{"a":"1"}""", Conf.Json($"{space}a{space}={space}1{space}"));

    [Theory]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u000B')]
    public void Only_the_ASCII_new_line_divides(char separator) => Assert.Single(Conf.Load($"a = [1{separator}2]", null, null).Fields);

    [Fact]
    public void A_byte_order_mark_at_the_start_is_skipped() => Assert.Equal("""{"a":"1"}""", Conf.Json("\uFEFF{ a = 1 }"));

    [Theory]
    [InlineData('\u200B')]
    [InlineData('\0')]
    [InlineData('\u0007')]
    public void Other_control_characters_belong_to_unquoted_text(char character) =>
        Assert.Equal($"a{character}b", ((Resolution.HoconScalar)Conf.Load($"k = a{character}b", null, null).Fields[0].Value).Text);
}
