namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Array and object concatenation" and its two notes.</summary>
public sealed class ArrayAndObjectConcatenationTests
{
    [Theory]
    [InlineData("a = { b = 1, c = 2 }")]
    [InlineData("a = { b = 1 } { c = 2 }")]
    [InlineData("a { b = 1 } { c = 2 }")]
    [InlineData("a = { b = 1 }, a = { c = 2 }")]
    [InlineData("a = { b = 0 } { b = 1,\n c = 2 }")]
    public void Objects_are_merged(string text) => Assert.Equal("""{"a":{"b":"1","c":"2"}}""", Conf.Json(text));

    [Theory]
    [InlineData("a = [1, 2, 3, 4]")]
    [InlineData("a = [1, 2] [3, 4]")]
    [InlineData("a = [1, 2][\n3\n4]")]
    [InlineData("a = [1, 2], a = ${a} [3, 4]")]
    public void Arrays_are_joined(string text) => Assert.Equal("""{"a":["1","2","3","4"]}""", Conf.Json(text));

    [Fact]
    public void A_substitution_for_an_object_inherits_from_it() =>
        Assert.Equal(
            """{"generic":{"size":"6"},"east":{"size":"6","name":"east"}}""",
            Conf.Json("generic = { size = 6 }\neast = ${generic} { name = east }"));

    [Fact]
    public void The_later_object_wins() =>
        Assert.Equal("""{"o":{"x":"1"},"a":{"x":"2"},"b":{"x":"1"}}""", Conf.Json("o { x = 1 }, a = ${o} { x = 2 }, b = { x = 2 } ${o}"));

    [Fact]
    public void Objects_within_joined_objects_are_merged_too() =>
        Assert.Equal(
            """{"o":{"p":{"x":"1"}},"a":{"p":{"x":"1","y":"2"}}}""",
            Conf.Json("o { p { x = 1 } }, a = ${o} { p { y = 2 } }"));

    [Fact]
    public void A_new_line_between_them_prevents_joining() =>
        Assert.Equal("""{"a":[["1","2"],["3","4"]],"b":[["1","2","3","4"]]}""", Conf.Json("a = [ [1, 2]\n [3, 4] ], b = [ [1, 2] [3, 4] ]"));

    [Fact]
    public void Whitespace_in_an_array_makes_one_string() => Assert.Equal("""{"a":["1 2 3"],"b":["1","2"]}""", Conf.Json("a = [ 1 2 3 ], b = [ 1\n2 ]"));

    [Theory]
    [InlineData("k = [1] { a = 1 }")]
    [InlineData("k = { a = 1 } [1]")]
    [InlineData("o { a = 1 }, k = ${o} [1]")]
    public void An_array_and_an_object_cannot_be_joined(string text) =>
        Assert.Contains("can be joined with an array", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("a = [1], b = [2], k = ${a} ${b}", """["1","2"]""")]
    [InlineData("a = [1], b = [2], k = ${a}${b}", """["1","2"]""")]
    [InlineData("a { x = 1 }, b { y = 2 }, k = ${a} ${b}", """{"x":"1","y":"2"}""")]
    public void Unquoted_whitespace_between_substitutions_does_not_matter(string text, string expected) =>
        Assert.EndsWith($"\"k\":{expected}}}", Conf.Json(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a = [1], b = [2], k = ${a}\" \"${b}")]
    [InlineData("a { x = 1 }, b { y = 2 }, k = ${a}\" \"${b}")]
    public void Quoted_whitespace_does(string text) => Assert.Contains("text cannot be joined", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ a = 1 } = 2")]
    [InlineData("{ [1] = 2 }")]
    [InlineData("{ { a = 1 } = 2 }")]
    public void Neither_can_be_a_key(string text) => Assert.IsType<HoconException>(Conf.Error(text));
}
