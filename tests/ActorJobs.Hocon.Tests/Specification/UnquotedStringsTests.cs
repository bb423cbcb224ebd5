namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Unquoted strings".</summary>
public sealed class UnquotedStringsTests
{
    [Theory]
    [InlineData("truefoo")]
    [InlineData("footrue")]
    [InlineData("nullable")]
    [InlineData("10.0bar")]
    [InlineData("bar10.0")]
    [InlineData("1-e3")]
    [InlineData("10e3e3")]
    [InlineData("1.0.0")]
    [InlineData("1.0.")]
    [InlineData("127.0.0.1")]
    [InlineData("2026-11-22")]
    [InlineData("007")]
    [InlineData("/a/b-c_d.e")]
    [InlineData("(x)")]
    [InlineData("a|b<c>;d'e%~")]
    [InlineData("größe")]
    public void Text_without_reserved_characters_needs_no_quotes(string text) => Assert.Equal($$"""{"k":"{{text}}"}""", Conf.Json("k = " + text));

    [Theory]
    [InlineData("-Xmx", "k = -Xmx")]
    [InlineData("-", "k = -")]
    [InlineData("run --fast -v", "k = run --fast -v")]
    public void A_hyphen_that_begins_no_number_begins_text(string expected, string text) => Assert.Equal($$"""{"k":"{{expected}}"}""", Conf.Json(text));

    [Theory]
    [InlineData('`')]
    [InlineData('^')]
    [InlineData('?')]
    [InlineData('!')]
    [InlineData('@')]
    [InlineData('*')]
    [InlineData('&')]
    [InlineData('\\')]
    [InlineData('$')]
    [InlineData('+')]
    public void Reserved_characters_need_quotes(char character)
    {
        Assert.Contains("is reserved", Conf.Error($"k = {character}").Problem, StringComparison.Ordinal);
        Assert.Contains("is reserved", Conf.Error($"k = a{character}b").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1+2")]
    [InlineData("10e+3e")]
    public void A_plus_sign_needs_to_be_part_of_a_number(string text) =>
        Assert.Contains("'+' is reserved", Conf.Error("k = " + text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("k = a:b")]
    [InlineData("k = a=b")]
    [InlineData("k = ]")]
    public void Characters_of_the_syntax_need_quotes(string text) => Assert.IsType<HoconException>(Conf.Error(text));

    [Fact]
    public void Unquoted_text_knows_no_escapes() => Assert.Contains("is reserved", Conf.Error("k = a\\nb").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("k = null", "{\"k\":null}")]
    [InlineData("k = \"null\"", "{\"k\":\"null\"}")]
    [InlineData("k = nullx", "{\"k\":\"nullx\"}")]
    public void Null_is_a_value_only_as_a_word_of_its_own(string text, string json) => Assert.Equal(json, Conf.Json(text));
}
