namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Comments".</summary>
public sealed class CommentsTests
{
    [Theory]
    [InlineData("# first\na = 1 # after a value\n// last")]
    [InlineData("// first\na = 1 // after a value\n# last")]
    [InlineData("a # after a key\n = // after a separator\n 1")]
    [InlineData("a = 1 # a comment may hold \" and { and ${")]
    [InlineData("a = 1// right after a value")]
    [InlineData("a = 1# right after a value")]
    public void A_comment_reaches_to_the_end_of_the_line(string text) => Assert.Equal("""{"a":"1"}""", Conf.Json(text));

    [Fact]
    public void The_new_line_after_a_comment_still_divides() =>
        Assert.Equal("""{"a":["1","2"],"b":"3"}""", Conf.Json("a = [ 1 # one\n 2 // two\n ] # end\nb = 3"));

    [Theory]
    [InlineData("a = \"x // y # z\"", """{"a":"x // y # z"}""")]
    [InlineData("a = \"\"\"x // y # z\"\"\"", """{"a":"x // y # z"}""")]
    public void Within_quotes_there_are_no_comments(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Fact]
    public void A_single_slash_begins_no_comment() => Assert.Equal("""{"a":"/usr/bin"}""", Conf.Json("a = /usr/bin"));

    [Fact]
    public void A_comment_can_swallow_a_closing_bracket() =>
        Assert.Contains("'[' that stands here is not closed", Conf.Error("a = [ 1 # ]").Problem, StringComparison.Ordinal);
}
