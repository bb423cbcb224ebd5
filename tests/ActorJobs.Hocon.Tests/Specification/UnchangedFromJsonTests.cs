using ActorJobs.Hocon.Files;

namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Unchanged from JSON".</summary>
public sealed class UnchangedFromJsonTests
{
    [Fact]
    public void A_JSON_document_means_what_it_means_in_JSON() =>
        Assert.Equal(
            """{"s":"x","n":"1.5e3","t":"true","f":"false","z":null,"o":{"a":[{}]},"e":[]}""",
            Conf.Json("""{ "s" : "x", "n" : 1.5e3, "t" : true, "f" : false, "z" : null, "o" : { "a" : [{}] }, "e" : [] }"""));

    [Theory]
    [InlineData("""a = "\" \\ \/ \b \f \n \r \t A" """, """{"a":"\" \\ / \b \f \n \r \t A"}""")]
    [InlineData("""a = "\u0041\u00e9\uD83D\uDE00" """, """{"a":"Aé😀"}""")]
    [InlineData("""a = "" """, """{"a":""}""")]
    [InlineData("""a = "# // ${x} {}" """, """{"a":"# // ${x} {}"}""")]
    public void Quoted_strings_are_JSON_strings(string text, string json) =>
        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString(), System.Text.Json.Nodes.JsonNode.Parse(Conf.Json(text))!.ToJsonString());

    [Theory]
    [InlineData("\"open", "not closed")]
    [InlineData("\"a\nb\"", "control character U+000A")]
    [InlineData("\"a\tb\"", "control character U+0009")]
    [InlineData("\"\\x\"", "an escape is one of")]
    [InlineData("\"\\u12G4\"", "four hexadecimal digits")]
    [InlineData("\"\\u12", "four hexadecimal digits")]
    [InlineData("\"\\", "an escape is one of")]
    public void What_is_no_JSON_string_is_refused(string value, string problem) =>
        Assert.Contains(problem, Conf.Error("a = " + value).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-12.50")]
    [InlineData("1e5")]
    [InlineData("1E+05")]
    [InlineData("10.25e-3")]
    public void Numbers_keep_the_form_in_which_they_were_written(string number) =>
        Assert.Equal($$"""{"a":"{{number}}"}""", Conf.Json("a = " + number));

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused()
    {
        var error = Assert.Throws<HoconException>(
            () => HoconDocument.Load("x.conf", new HoconFileReader(new RawFile([(byte)'a', (byte)'=', 0xC3, 0x28])), _ => null));
        Assert.Contains("not valid UTF-8 at byte 2", error.Problem, StringComparison.Ordinal);
    }

    private sealed class RawFile(byte[] bytes) : IHoconFiles
    {
        public byte[] Read(string path) => bytes;
    }
}
