namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Path expressions" and "Paths as keys".</summary>
public sealed class PathExpressionTests
{
    [Theory]
    [InlineData("foo.bar", """{"foo":{"bar":"1"}}""")]
    [InlineData("foo.bar.baz", """{"foo":{"bar":{"baz":"1"}}}""")]
    [InlineData("foo.bar.\"hello.world\"", """{"foo":{"bar":{"hello.world":"1"}}}""")]
    [InlineData("\"foo.bar\"", """{"foo.bar":"1"}""")]
    [InlineData("10.0foo", """{"10":{"0foo":"1"}}""")]
    [InlineData("foo10.0", """{"foo10":{"0":"1"}}""")]
    [InlineData("foo\"10.0\"", """{"foo10.0":"1"}""")]
    [InlineData("1.2.3", """{"1":{"2":{"3":"1"}}}""")]
    [InlineData("3.14", """{"3":{"14":"1"}}""")]
    [InlineData("3", """{"3":"1"}""")]
    [InlineData("true", """{"true":"1"}""")]
    [InlineData("null", """{"null":"1"}""")]
    [InlineData("a.\"\".b", """{"a":{"":{"b":"1"}}}""")]
    [InlineData("\"\"", """{"":"1"}""")]
    [InlineData("a b c", """{"a b c":"1"}""")]
    [InlineData("  a \"b\"c ", """{"a bc":"1"}""")]
    [InlineData("a b.c d", """{"a b":{"c d":"1"}}""")]
    [InlineData("/a/b", """{"/a/b":"1"}""")]
    [InlineData("shard-count", """{"shard-count":"1"}""")]
    public void Dots_outside_quotes_divide_a_key(string key, string json) => Assert.Equal(json, Conf.Json(key + " : 1"));

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData(".")]
    [InlineData("a.\"b\".")]
    [InlineData("\"a\"..b")]
    public void An_empty_element_must_be_quoted(string path)
    {
        Assert.Contains("empty element", Conf.Error(path + " = 1").Problem, StringComparison.Ordinal);
        Assert.Contains("empty element", Conf.Error("k = ${" + path + "}").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_merge_like_the_objects_they_stand_for() =>
        Assert.Equal("""{"a":{"x":"42","y":"43","z":{"v":"44"}}}""", Conf.Json("a.x : 42, a.y : 43, a { z.v = 44 }"));

    [Fact]
    public void A_path_before_an_object_needs_no_separator() => Assert.Equal("""{"a":{"b":{"c":"1"}}}""", Conf.Json("a.b { c = 1 }"));

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData(" a.b ", "1")]
    [InlineData("\"a\".\"b\"", "1")]
    [InlineData("c.\"d.e\"", "2")]
    [InlineData("f g", "3")]
    [InlineData("true", "4")]
    [InlineData("3.14", "5")]
    public void Substitutions_take_the_same_paths(string path, string expected) =>
        Assert.EndsWith(
            $"\"k\":\"{expected}\"}}",
            Conf.Json("a.b = 1, c { \"d.e\" = 2 }, f g = 3, true = 4, 3.14 = 5, k = ${" + path + "}"),
            StringComparison.Ordinal);

    [Fact]
    public void No_substitution_stands_in_a_key() => Assert.IsType<HoconException>(Conf.Error("a${b} = 1"));

    [Theory]
    [InlineData("foo include = 1", """{"foo include":"1"}""")]
    [InlineData("\"include\" = 1", """{"include":"1"}""")]
    [InlineData("includes = 1", """{"includes":"1"}""")]
    [InlineData("a.include = 1", """{"a":{"include":"1"}}""")]
    public void Include_is_special_only_as_the_unquoted_first_word(string text, string json) => Assert.Equal(json, Conf.Json(text));
}
