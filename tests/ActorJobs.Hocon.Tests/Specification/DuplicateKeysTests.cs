namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Duplicate keys and object merging", and "Config object merging and file merging".</summary>
public sealed class DuplicateKeysTests
{
    [Theory]
    [InlineData("a = 1, a = 2", """{"a":"2"}""")]
    [InlineData("a = { b = 1 }, a = 2", """{"a":"2"}""")]
    [InlineData("a = 1, a = { b = 2 }", """{"a":{"b":"2"}}""")]
    [InlineData("a = [1, 2], a = [3]", """{"a":["3"]}""")]
    [InlineData("a = { b = 1 }, a = [3]", """{"a":["3"]}""")]
    public void The_later_value_wins(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Theory]
    [InlineData("foo { a = 42 }, foo { b = 43 }", """{"foo":{"a":"42","b":"43"}}""")]
    [InlineData("foo { a = 1, b = 2 }, foo { b = 3, c = 4 }", """{"foo":{"a":"1","b":"3","c":"4"}}""")]
    [InlineData("foo { a { x = 1 } }, foo { a { y = 2 } }", """{"foo":{"a":{"x":"1","y":"2"}}}""")]
    public void Objects_are_merged_at_every_level(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Theory]
    [InlineData("foo { a = 42 }, foo = null, foo { b = 43 }", """{"foo":{"b":"43"}}""")]
    [InlineData("a { x = 1 }, a = 42, a { y = 2 }", """{"a":{"y":"2"}}""")]
    [InlineData("a = 42, a { x = 1 }, a { y = 2 }", """{"a":{"x":"1","y":"2"}}""")]
    public void A_value_in_between_prevents_the_merge(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Fact]
    public void Keys_differ_by_case() => Assert.Equal("""{"a":"1","A":"2"}""", Conf.Json("a = 1, A = 2"));

    [Fact]
    public void Elements_of_arrays_are_not_merged_with_each_other() =>
        Assert.Equal("""{"a":[{"x":"1"},{"y":"2"}]}""", Conf.Json("a = [ { x = 1 }, { y = 2 } ]"));
}
