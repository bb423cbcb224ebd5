using System.Text.Json;
using ActorJobs.Bulk;

namespace ActorJobs.Tests.Bulk;

/// <summary>RFC 7396: the examples of its appendix A, and what arguments are like.</summary>
public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("null", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"n":1.50,"big":12345678901234567890}""", """{"x":1}""", """{"n":1.50,"big":12345678901234567890,"x":1}""")]
    [InlineData("""{"größe":"ü<>"}""", """{"x":"é"}""", """{"größe":"ü<>","x":"é"}""")]
    public void A_patch_makes_of_a_value_what_the_RFC_says(string target, string patch, string result) =>
        Assert.Equal(result, MergePatch.Apply(RawJson.Parse(target), RawJson.Parse(patch)).ToString());

    [Fact]
    public void A_patch_applied_again_changes_nothing()
    {
        var patch = RawJson.Parse("""{"a":{"b":null,"c":[1,{"d":null}]},"e":2}""");
        var once = MergePatch.Apply(RawJson.Parse("""{"a":{"b":1,"x":2},"e":{}}"""), patch);

        Assert.Equal(once.ToString(), MergePatch.Apply(once, patch).ToString());
        Assert.Equal(JsonValueKind.Object, once.Deserialize<JsonElement>().ValueKind);
    }
}
