namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Substitutions".</summary>
public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("animal.favorite = cat, key = ${animal.favorite} is my favorite animal", "cat is my favorite animal")]
    [InlineData("animal.favorite = cat, key = ${animal.favorite}\" is my favorite animal\"", "cat is my favorite animal")]
    [InlineData("animal.favorite = cat, key = \"${animal.favorite}\"", "${animal.favorite}")]
    public void They_stand_outside_quotes(string text, string expected) =>
        Assert.Contains($"\"key\":\"{expected}\"", Conf.Json(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("k = ${later}, later = 1", "\"k\":\"1\"")]
    [InlineData("x = 1, k = ${x}, x = 2", "\"k\":\"2\"")]
    [InlineData("x { a = 1 }, k = ${x}, x { b = 2 }", "\"k\":{\"a\":\"1\",\"b\":\"2\"}")]
    public void They_see_the_final_value_of_a_path(string text, string expected) => Assert.Contains(expected, Conf.Json(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("1.50", "\"1.50\"")]
    [InlineData("null", "null")]
    [InlineData("true", "\"true\"")]
    [InlineData("[1, { a = 2 }]", """["1",{"a":"2"}]""")]
    [InlineData("{ a = [] }", """{"a":[]}""")]
    public void A_substitution_alone_keeps_the_kind_of_value(string value, string expected) =>
        Assert.Equal($$"""{"v":{{expected}},"k":{{expected}}}""", Conf.Json($"v = {value}, k = ${{v}}"));

    [Fact]
    public void Paths_begin_at_the_root_wherever_they_stand() =>
        Assert.Equal("""{"x":"1","a":{"x":"2","k":"1"}}""", Conf.Json("x = 1, a { x = 2, k = ${x} }"));

    [Theory]
    [InlineData("k = ${nothing}")]
    [InlineData("a = 1, k = ${a.b}")]
    [InlineData("a { b = 1 }, k = ${a.c}")]
    [InlineData("a = [1], k = ${a.0}")]
    [InlineData("k = x${nothing}")]
    [InlineData("k = [${nothing}]")]
    public void A_required_one_without_a_value_is_an_error(string text) => Assert.Contains("has no value", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("k = ${?no}", "{}")]
    [InlineData("k = 1, k = ${?no}", """{"k":"1"}""")]
    [InlineData("k { a = 1 }, k = ${?no}", """{"k":{"a":"1"}}""")]
    [InlineData("k { a = 1 }, k = ${?no}, k { b = 2 }", """{"k":{"a":"1","b":"2"}}""")]
    public void An_optional_field_without_a_value_is_not_created(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Fact]
    public void An_optional_element_without_a_value_is_not_added() => Assert.Equal("""{"k":["1","2"]}""", Conf.Json("k = [ 1, ${?no}, 2 ]"));

    [Theory]
    [InlineData("k = foo${?no}", "\"foo\"")]
    [InlineData("k = ${?no}foo", "\"foo\"")]
    [InlineData("k = a ${?no} b", "\"a  b\"")]
    [InlineData("k = [1] ${?no}", "[\"1\"]")]
    [InlineData("k = { a = 1 } ${?no}", "{\"a\":\"1\"}")]
    [InlineData("k = \"\"${?no}", "\"\"")]
    [InlineData("k = ${?no} ${?no}", "\" \"")]
    public void In_a_concatenation_it_counts_as_empty(string text, string expected) => Assert.Equal($$"""{"k":{{expected}}}""", Conf.Json(text));

    [Fact]
    public void A_concatenation_of_nothing_but_missing_ones_creates_no_field() => Assert.Equal("{}", Conf.Json("k = ${?a}${?b}"));

    [Theory]
    [InlineData("k = ${}")]
    [InlineData("k = ${?}")]
    [InlineData("k = ${ ?a}")]
    [InlineData("k = ${a")]
    [InlineData("k = ${a\n}")]
    [InlineData("k = ${${a}}")]
    [InlineData("k = ${a{b}}")]
    [InlineData("k = $a")]
    [InlineData("k = $ {a}")]
    public void What_is_not_of_the_form_is_refused(string text) => Assert.IsType<HoconException>(Conf.Error(text));

    [Fact]
    public void A_hidden_one_is_never_evaluated() => Assert.Equal("""{"foo":"42"}""", Conf.Json("foo = ${does-not-exist}, foo = 42"));

    [Fact]
    public void A_copied_object_keeps_what_its_own_substitutions_meant() =>
        Assert.Equal(
            """{"a":{"x":"1","y":"1"},"b":{"x":"2","y":"1"}}""",
            Conf.Json("a { x = 1, y = ${a.x} }, b = ${a} { x = 2 }"));

    [Fact]
    public void One_object_can_be_inherited_at_several_depths() =>
        Assert.Equal(
            """{"base":{"x":"1"},"outer":{"x":"1","inner":{"x":"1"}}}""",
            Conf.Json("base { x = 1 }, outer = ${base} { inner = ${base} }"));
}
