namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "The += field separator".</summary>
public sealed class AppendSeparatorTests
{
    [Theory]
    [InlineData("a += 1", """{"a":["1"]}""")]
    [InlineData("a = [], a += 1", """{"a":["1"]}""")]
    [InlineData("a = [1], a += 2, a += 3", """{"a":["1","2","3"]}""")]
    [InlineData("a += [1, 2]", """{"a":[["1","2"]]}""")]
    [InlineData("a += { b = 1 }", """{"a":[{"b":"1"}]}""")]
    [InlineData("a.b += 1, a { b += 2 }", """{"a":{"b":["1","2"]}}""")]
    [InlineData("a+=1", """{"a":["1"]}""")]
    [InlineData("a += x y", """{"a":["x y"]}""")]
    [InlineData("a = [1], a += 2, a = [3], a += 4", """{"a":["3","4"]}""")]
    public void It_adds_an_element_to_what_the_field_was(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Theory]
    [InlineData("b = [1], a = ${b}, a += 2")]
    [InlineData("a = ${b}, a += 2, b = [1]")]
    [InlineData("a = ${?b}, a += 2, b = [1]")]
    public void What_it_was_may_be_a_substitution(string text) => Assert.Contains("\"a\":[\"1\",\"2\"]", Conf.Json(text), StringComparison.Ordinal);

    [Fact]
    public void Elements_may_be_substitutions() => Assert.Equal("""{"a":["1"],"x":"1"}""", Conf.Json("a += ${x}, a += ${?no}, x = 1"));

    [Fact]
    public void It_works_within_an_array_too() => Assert.Equal("""{"l":[{"a":["1","2"]}]}""", Conf.Json("l = [ { a = [1], a += 2 } ]"));

    [Fact]
    public void It_adds_to_what_is_inherited() =>
        Assert.Equal("""{"base":{"l":["1"]},"k":{"l":["1","2"]}}""", Conf.Json("base { l = [1] }, k = ${base} { l += 2 }"));

    [Theory]
    [InlineData("a = 1, a += 2")]
    [InlineData("a = null, a += 2")]
    [InlineData("a { b = 1 }, a += 2")]
    public void What_it_was_must_be_an_array(string text) => Assert.Contains("can be joined with an array", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void The_whole_field_is_no_element_of_itself() =>
        Assert.Contains("stands within the value", Conf.Error("a = [1], a += ${a}").Problem, StringComparison.Ordinal);

    [Fact]
    public void There_may_be_very_many() =>
        Assert.Equal(10_000, ((Resolution.HoconArray)Conf.Load(string.Concat(Enumerable.Repeat("a += 1\n", 10_000)), null, null).Fields[0].Value).Elements.Count);
}
