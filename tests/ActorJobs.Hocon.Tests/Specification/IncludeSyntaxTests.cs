namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Include syntax".</summary>
public sealed class IncludeSyntaxTests
{
    [Theory]
    [InlineData("include \"x.conf\"")]
    [InlineData("include\"x.conf\"")]
    [InlineData("include\n\n  \"x.conf\"")]
    [InlineData("include file(\"x.conf\")")]
    [InlineData("include file( \"x.conf\" )")]
    [InlineData("include required(\"x.conf\")")]
    [InlineData("include required(file(\"x.conf\"))")]
    [InlineData("include required( file( \"x.conf\" ) )\n")]
    [InlineData("include required(\n\"x.conf\"\n)")]
    [InlineData("{ include \"x.conf\" }")]
    [InlineData("{ include \"x.conf\", }")]
    [InlineData("include \"x.conf\" # comment\n")]
    public void An_include_stands_in_the_place_of_a_field(string text) => Assert.Equal("""{"x":"1"}""", Conf.Json(text, Files()));

    [Theory]
    [InlineData("include \"x.conf\", b = 2")]
    [InlineData("include \"x.conf\"\nb = 2")]
    [InlineData("include required(file(\"x.conf\"))\nb = 2")]
    [InlineData("include required(file(\"x.conf\")) , b = 2")]
    public void Fields_follow_it_as_they_follow_fields(string text) => Assert.Equal("""{"x":"1","b":"2"}""", Conf.Json(text, Files()));

    [Theory]
    [InlineData("include x.conf")]
    [InlineData("include")]
    [InlineData("include : { a = 1 }")]
    [InlineData("include { a = 1 }")]
    [InlineData("include = 1")]
    [InlineData("include ${x}")]
    [InlineData("include \"x\" \"y\"")]
    [InlineData("include \"x\" y")]
    [InlineData("include \"x\" : 10")]
    [InlineData("include \"x\" b = 1")]
    [InlineData("include file(\"x\"")]
    [InlineData("include file(\"x\"))")]
    [InlineData("include file(x)")]
    [InlineData("include required(required(\"x\"))")]
    [InlineData("include package(\"x\")")]
    [InlineData("include \"\"")]
    public void Anything_else_after_the_word_is_refused(string text) => Assert.IsType<HoconException>(Conf.Error(text, Files()));

    [Theory]
    [InlineData("include url(\"http://h/x.conf\")")]
    [InlineData("include required(url(\"file:///x.conf\"))")]
    [InlineData("include \"https://h/x.conf\"")]
    public void The_network_is_refused_with_a_reason(string text) =>
        Assert.Contains("must not depend on the network", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_class_path_is_refused_with_a_reason() =>
        Assert.Contains("there is no class path here", Conf.Error("include classpath(\"x.conf\")").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("foo = include", """{"foo":"include"}""")]
    [InlineData("foo = [ include ]", """{"foo":["include"]}""")]
    [InlineData("foo = include x", """{"foo":"include x"}""")]
    public void As_a_value_the_word_is_ordinary(string text, string json) => Assert.Equal(json, Conf.Json(text));

    private static MemoryFiles Files() => new() { ["/etc/node/x.conf"] = "x = 1" };
}
