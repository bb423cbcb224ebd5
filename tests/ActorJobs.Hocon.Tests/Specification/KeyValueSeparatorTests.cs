namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Key-value separator".</summary>
public sealed class KeyValueSeparatorTests
{
    [Theory]
    [InlineData("a : 1")]
    [InlineData("a = 1")]
    [InlineData("a=1")]
    [InlineData("\"a\":1")]
    [InlineData("a\n=\n1")]
    public void A_colon_or_an_equals_sign_separates(string text) => Assert.Equal("""{"a":"1"}""", Conf.Json(text));

    [Theory]
    [InlineData("a { b = 1 }")]
    [InlineData("a{b=1}")]
    [InlineData("\"a\" {b:1}")]
    [InlineData("a\n{ b = 1 }")]
    public void Before_a_brace_it_may_be_left_out(string text) => Assert.Equal("""{"a":{"b":"1"}}""", Conf.Json(text));

    [Theory]
    [InlineData("a [1]")]
    [InlineData("a \"b\" , c = 1")]
    [InlineData("a")]
    [InlineData("a\nb = 1")]
    public void Before_anything_else_it_may_not(string text) => Assert.Contains("after the key", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("a =")]
    [InlineData("a = \n }")]
    [InlineData("{ a : }")]
    [InlineData("a = , b = 1")]
    [InlineData("a = = 1")]
    public void A_value_must_follow(string text) => Assert.Contains("expected a value", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("= 1")]
    [InlineData("{ : 1 }")]
    [InlineData("${a} = 1")]
    [InlineData("a = 1, [1] = 2")]
    public void A_key_must_stand_before(string text) => Assert.Contains("expected a key", Conf.Error(text).Problem, StringComparison.Ordinal);
}
