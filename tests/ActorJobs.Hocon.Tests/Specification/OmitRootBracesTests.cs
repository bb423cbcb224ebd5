namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Omit root braces".</summary>
public sealed class OmitRootBracesTests
{
    [Theory]
    [InlineData("a = 1")]
    [InlineData("{ a = 1 }")]
    [InlineData("\n\n { a = 1 } \n # done\n")]
    public void The_braces_of_the_root_may_be_left_out(string text) => Assert.Equal("""{"a":"1"}""", Conf.Json(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("# nothing but a comment")]
    public void A_file_without_fields_is_an_empty_object(string text) => Assert.Equal("{}", Conf.Json(text));

    [Theory]
    [InlineData("a = 1 }")]
    [InlineData("}")]
    [InlineData("{ a = 1 } }")]
    public void A_closing_brace_needs_an_opening_one(string text) => Assert.Contains("found '}'", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ a = 1")]
    [InlineData("a { b = 1")]
    public void An_opening_brace_needs_a_closing_one(string text) =>
        Assert.Contains("'{' that stands here is not closed", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("{} x")]
    [InlineData("{}{}")]
    [InlineData("{ a = 1 } b = 2")]
    public void Nothing_follows_the_root(string text) => Assert.Contains("expected the end of the file", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_configuration_is_an_object_and_no_array() =>
        Assert.Contains("this file holds an array", Conf.Error("[1, 2]").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("42")]
    [InlineData("\"text\"")]
    public void A_value_alone_is_no_document(string text) => Assert.Contains("after the key", Conf.Error(text).Problem, StringComparison.Ordinal);
}
