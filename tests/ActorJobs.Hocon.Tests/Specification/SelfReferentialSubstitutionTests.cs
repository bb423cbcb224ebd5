using ActorJobs.Hocon.Resolution;

namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Self-Referential Substitutions" and its examples.</summary>
public sealed class SelfReferentialSubstitutionTests
{
    [Theory]
    [InlineData("path = \"a:b:c\", path = ${path}\":d\"", """{"path":"a:b:c:d"}""")]
    [InlineData("path = [/bin], path = ${path} [/usr/bin]", """{"path":["/bin","/usr/bin"]}""")]
    [InlineData("a = 1, a = ${a}2, a = ${a}3", """{"a":"123"}""")]
    [InlineData("a = 1, a = ${a}${a}", """{"a":"11"}""")]
    [InlineData("foo { a = 1 }, foo = ${foo}", """{"foo":{"a":"1"}}""")]
    [InlineData("a.b = 1, a.b = ${a.b}2", """{"a":{"b":"12"}}""")]
    [InlineData("a { b = 1 }, a { b = ${a.b}2 }", """{"a":{"b":"12"}}""")]
    public void A_field_may_build_on_what_it_was_before(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Fact]
    public void It_may_do_so_through_other_fields() =>
        Assert.Contains("\"a\":\"1bc\"", Conf.Json("a = 1, a = ${x}c, x = ${a}b"), StringComparison.Ordinal);

    [Theory]
    [InlineData("foo = ${foo}")]
    [InlineData("foo = ${foo}x")]
    [InlineData("foo = ${foo}, foo { a = 1 }")]
    [InlineData("bar = ${foo}, foo = ${bar}")]
    [InlineData("a = ${b}, b = ${c}, c = ${a}")]
    public void Without_anything_before_it_is_an_error_that_names_the_cycle(string text) =>
        Assert.Contains("part of a cycle", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void The_error_shows_the_way_around_and_where_it_began()
    {
        var error = Conf.Error("a = ${b}\nb = ${c}\nc = ${a}");
        Assert.Contains("${a} is part of a cycle: ${b} -> ${c} -> ${a} -> itself", error.Problem, StringComparison.Ordinal);
        Assert.Equal(new HoconPosition(Conf.Path, 3, 5), error.Position);
    }

    [Theory]
    [InlineData("a { b = ${a} }")]
    [InlineData("a = [${a}]")]
    [InlineData("a = 1, a = [${a}]")]
    [InlineData("a { b = ${c} }, c { d = ${a} }")]
    [InlineData("x = ${c}, c { d = ${x} }")]
    public void An_object_or_array_that_holds_itself_is_an_error(string text) =>
        Assert.Contains("stands within the value that it refers to", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("foo = ${?foo}", "{}")]
    [InlineData("a = ${?a}foo", """{"a":"foo"}""")]
    [InlineData("a = ${?b}, b = ${?a}", "{}")]
    [InlineData("a { b = ${?a}, c = 1 }", """{"a":{"c":"1"}}""")]
    [InlineData("a = [1, ${?a}]", """{"a":["1"]}""")]
    [InlineData("foo = ${foo}, foo = 42", """{"foo":"42"}""")]
    public void Optional_or_hidden_it_simply_is_not_there(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Fact]
    public void It_looks_below_even_along_a_path() =>
        Assert.Equal("""{"foo":{"a":"2","c":"1"}}""", Conf.Json("foo { a { c = 1 } }, foo = ${foo.a}, foo { a = 2 }"));

    [Theory]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }", """{"bar":{"foo":"42","baz":"42"}}""")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }, bar { foo = 43 }", """{"bar":{"foo":"43","baz":"43"}}""")]
    public void An_object_may_refer_to_paths_within_itself(string text, string json) => Assert.Equal(json, Conf.Json(text));

    [Fact]
    public void Objects_may_refer_to_each_other() =>
        Assert.Equal(
            """{"bar":{"a":"4","b":"3"},"foo":{"c":"3","d":"4"}}""",
            Conf.Json("bar { a = ${foo.d}, b = 1 }, bar.b = 3, foo { c = ${bar.b}, d = 2 }, foo.d = 4"));

    [Theory]
    [InlineData("a = 1, b = 2, a = ${b}, b = ${a}")]
    [InlineData("b = 2, a = 1, b = ${a}, a = ${b}")]
    public void Where_the_specification_leaves_the_order_open_both_are_the_same(string text)
    {
        var values = Conf.Load(text, null, null).Fields.Select(field => Assert.IsType<HoconScalar>(field.Value).Text);
        Assert.Single(values.Distinct());
    }

    [Fact]
    public void A_cycle_is_broken_by_going_back_wherever_it_is_entered() =>
        Assert.Equal("""{"b":"1","a":"1"}""", Conf.Json("b = ${a}, a = 1, a = ${b}"));

    [Fact]
    public void A_layer_that_does_not_matter_for_a_path_is_not_evaluated() =>
        Assert.Contains("\"b\":\"1\"", Conf.Json("a = ${c}, a { x = 1 }, b = ${a.x}, c { y = ${b} }"), StringComparison.Ordinal);
}
