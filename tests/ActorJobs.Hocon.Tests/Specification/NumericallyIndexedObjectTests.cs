namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Conversion of numerically-indexed objects to arrays".</summary>
public sealed class NumericallyIndexedObjectTests
{
    [Theory]
    [InlineData("o { \"0\" = a, \"1\" = b }, k = [] ${o}", """["a","b"]""")]
    [InlineData("o.0 = a, o.1 = b, k = ${o} [c]", """["a","b","c"]""")]
    [InlineData("k = [x] { 0 = a }", """["x","a"]""")]
    [InlineData("k { 0 = a }, k += b", """["a","b"]""")]
    public void Where_an_array_is_expected_numbers_as_keys_are_indexes(string text, string expected) =>
        Assert.EndsWith($"\"k\":{expected}}}", Conf.Json(text), StringComparison.Ordinal);

    [Fact]
    public void They_are_sorted_by_value_and_gaps_are_closed() =>
        Assert.EndsWith("\"k\":[\"a\",\"b\",\"c\"]}", Conf.Json("o { 10 = c, 2 = b, 0 = a }, k = [] ${o}"), StringComparison.Ordinal);

    [Fact]
    public void Other_keys_are_left_out() =>
        Assert.EndsWith("\"k\":[\"a\"]}", Conf.Json("o { 0 = a, x = 1, -1 = y, 1x = z }, k = [] ${o}"), StringComparison.Ordinal);

    [Fact]
    public void Layers_are_merged_first() =>
        Assert.EndsWith("\"k\":[\"a\",\"B\"]}", Conf.Json("o { 0 = a, 1 = b }, p = ${o} { 1 = B }, k = [] ${p}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("o {}, k = [] ${o}")]
    [InlineData("o { x = 1 }, k = [] ${o}")]
    public void Without_any_number_there_is_no_conversion(string text) =>
        Assert.Contains("can be joined with an array", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void Where_no_array_is_expected_there_is_no_conversion() => Assert.Equal("""{"o":{"0":"a"}}""", Conf.Json("o { 0 = a }"));
}
