namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Substitution fallback to environment variables".</summary>
public sealed class EnvironmentVariableTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["HOME"] = "/root", ["EMPTY"] = "", ["a.b"] = "dotted", ["N"] = "1e5" };

    [Theory]
    [InlineData("k = ${HOME}", "\"/root\"")]
    [InlineData("k = ${?HOME}", "\"/root\"")]
    [InlineData("k = ${HOME}/data", "\"/root/data\"")]
    [InlineData("k = ${EMPTY}", "\"\"")]
    [InlineData("k = ${a.b}", "\"dotted\"")]
    [InlineData("k = default, k = ${?HOME}", "\"/root\"")]
    [InlineData("k = default, k = ${?NOT_SET}", "\"default\"")]
    public void What_the_tree_does_not_have_the_environment_may(string text, string expected) =>
        Assert.Equal($$"""{"k":{{expected}}}""", Conf.Json(text, null, Environment));

    [Theory]
    [InlineData("HOME = here, k = ${HOME}", "\"here\"")]
    [InlineData("HOME = null, k = ${HOME}", "null")]
    [InlineData("HOME = null, k = ${?HOME}", "null")]
    public void The_tree_goes_first_and_null_blocks(string text, string expected) =>
        Assert.EndsWith($"\"k\":{expected}}}", Conf.Json(text, null, Environment), StringComparison.Ordinal);

    [Fact]
    public void A_field_of_the_same_name_may_be_taken_from_it() => Assert.Equal("""{"HOME":"/root"}""", Conf.Json("HOME = ${HOME}", null, Environment));

    [Fact]
    public void Names_are_case_sensitive() =>
        Assert.Throws<HoconException>(() => Conf.Json("k = ${home}", null, Environment));

    [Fact]
    public void An_included_file_asks_under_the_name_as_it_was_written() =>
        Assert.Equal("""{"a":{"k":"/root"}}""", Conf.Json("a { include \"x.conf\" }", new() { ["/etc/node/x.conf"] = "k = ${HOME}" }, Environment));
}
