namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Include semantics": merging, substitution, missing files, formats, locations.</summary>
public sealed class IncludeSemanticsTests
{
    [Theory]
    [InlineData("a = 0, include \"x\"", """{"a":"1","o":{"p":"1"}}""")]
    [InlineData("include \"x\", a = 2", """{"a":"2","o":{"p":"1"}}""")]
    [InlineData("o { q = 2 }, include \"x\", o { r = 3 }", """{"o":{"q":"2","p":"1","r":"3"},"a":"1"}""")]
    [InlineData("k { include \"x\" }", """{"k":{"a":"1","o":{"p":"1"}}}""")]
    [InlineData("k = [ { include \"x\" } ]", """{"k":[{"a":"1","o":{"p":"1"}}]}""")]
    public void Fields_merge_as_if_they_stood_there(string text, string json) =>
        Assert.Equal(json, Conf.Json(text, new() { ["/etc/node/x.conf"] = "a = 1, o { p = 1 }" }));

    [Fact]
    public void Only_an_object_can_be_included() =>
        Assert.Contains("only an object can be included", Conf.Error("include \"x.conf\"", new() { ["/etc/node/x.conf"] = "[1]" }).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("a { include \"x.conf\" }", """{"a":{"x":"10","y":"10"}}""")]
    [InlineData("a { include \"x.conf\" }, a { x = 42 }", """{"a":{"x":"42","y":"42"}}""")]
    [InlineData("x = 7, a { include \"x.conf\" }", """{"x":"7","a":{"x":"10","y":"10"}}""")]
    public void A_substitution_is_looked_up_first_below_the_place_of_the_include(string text, string json) =>
        Assert.Equal(json, Conf.Json(text, new() { ["/etc/node/x.conf"] = "x = 10, y = ${x}" }));

    [Fact]
    public void And_then_at_the_root() =>
        Assert.Equal("""{"z":"5","a":{"y":"5"}}""", Conf.Json("z = 5, a { include \"x.conf\" }", new() { ["/etc/node/x.conf"] = "y = ${z}" }));

    [Theory]
    [InlineData("v = root, a { v = middle, b { v = own } }", "own")]
    [InlineData("v = root, a { v = middle }", "middle")]
    [InlineData("v = root", "root")]
    public void Between_the_two_stand_the_files_in_between(string values, string expected) =>
        Assert.Contains(
            $"\"k\":\"{expected}\"",
            Conf.Json(values + ", a { include \"one.conf\" }", new() { ["/etc/node/one.conf"] = "b { include \"two.conf\" }", ["/etc/node/two.conf"] = "k = ${v}" }),
            StringComparison.Ordinal);

    [Fact]
    public void An_included_field_may_build_on_what_it_was_before() =>
        Assert.Equal(
            """{"a":{"path":["1","2","3"]}}""",
            Conf.Json("a { path = [1], include \"x.conf\" }", new() { ["/etc/node/x.conf"] = "path = ${path} [2], path += 3" }));

    [Fact]
    public void In_an_array_substitutions_are_looked_up_at_the_root() =>
        Assert.Equal("""{"z":"5","a":[{"y":"5"}]}""", Conf.Json("z = 5, a = [ { include \"x.conf\" } ]", new() { ["/etc/node/x.conf"] = "y = ${z}" }));

    [Theory]
    [InlineData("include \"no.conf\"")]
    [InlineData("include file(\"no.conf\")")]
    [InlineData("include \"no\"")]
    public void A_missing_file_counts_as_empty(string text) => Assert.Equal("{}", Conf.Json(text));

    [Theory]
    [InlineData("include required(\"no.conf\")")]
    [InlineData("\n\ninclude required(file(\"no\"))")]
    public void Unless_it_is_required(string text)
    {
        var error = Conf.Error(text);
        Assert.Contains("is missing", error.Problem, StringComparison.Ordinal);
        Assert.Equal(text.Count(character => character == '\n') + 1, error.Position.Line);
    }

    [Fact]
    public void Without_an_extension_all_formats_are_merged_HOCON_last() =>
        Assert.Equal(
            """{"json":"1","both":"conf","conf":"1"}""",
            Conf.Json("include \"x\"", new() { ["/etc/node/x.json"] = """{"json":1,"both":"json"}""", ["/etc/node/x.conf"] = "conf = 1, both = conf" }));

    [Theory]
    [InlineData("a = 1")]
    [InlineData("{ \"a\": 1, }")]
    [InlineData("{ \"a\": 1 } // comment")]
    [InlineData("{ \"a\": ${b} }")]
    [InlineData("{ \"a\": \"\\ud800\" }")]
    [InlineData("")]
    public void A_JSON_file_is_strictly_JSON(string json) =>
        Assert.Contains("not valid JSON", Conf.Error("include \"x.json\"", new() { ["/etc/node/x.json"] = json }).Problem, StringComparison.Ordinal);

    [Fact]
    public void In_a_JSON_file_dots_and_substitutions_are_just_text() =>
        Assert.Equal("""{"a.b":"${c}"}""", Conf.Json("include \"x.json\"", new() { ["/etc/node/x.json"] = """{"a.b":"${c}"}""" }));

    [Fact]
    public void An_error_in_a_JSON_file_has_its_line()
    {
        var error = Conf.Error("include \"x.json\"", new() { ["/etc/node/x.json"] = "{\n \"ä\": 1,\n \"b\": oops }" });
        Assert.Equal(new HoconPosition("/etc/node/x.json", 3, 7), error.Position);
    }

    [Theory]
    [InlineData("include \"sub/x.conf\"")]
    [InlineData("include \"./sub/../sub/x.conf\"")]
    [InlineData("include file(\"sub/x.conf\")")]
    [InlineData("include \"/etc/node/sub/x.conf\"")]
    [InlineData("include \"../node/sub/x.conf\"")]
    public void Names_start_at_the_folder_of_the_including_file(string text) =>
        Assert.Equal("""{"x":"1","y":"2"}""", Conf.Json(text, new() { ["/etc/node/sub/x.conf"] = "x = 1, include \"y.conf\"", ["/etc/node/sub/y.conf"] = "y = 2" }));

    [Fact]
    public void A_file_may_be_included_twice() =>
        Assert.Equal(
            """{"a":{"x":"1"},"b":{"x":"1"}}""",
            Conf.Json("a { include \"x.conf\" }, b { include \"x.conf\" }", new() { ["/etc/node/x.conf"] = "x = 1" }));

    [Fact]
    public void But_not_within_itself()
    {
        var error = Conf.Error("include \"x.conf\"", new() { ["/etc/node/x.conf"] = "a = 1\ninclude \"main.conf\"" });
        Assert.Contains("includes itself", error.Problem, StringComparison.Ordinal);
        Assert.Equal(new HoconPosition("/etc/node/x.conf", 2, 1), error.Position);
    }
}
