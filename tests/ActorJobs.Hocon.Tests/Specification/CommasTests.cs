namespace ActorJobs.Hocon.Tests.Specification;

/// <summary>HOCON specification, "Commas".</summary>
public sealed class CommasTests
{
    [Theory]
    [InlineData("a = [1,2,3]")]
    [InlineData("a = [1,2,3,]")]
    [InlineData("a = [1\n2\n3]")]
    [InlineData("a = [\n1,\n2,\n\n3\n,\n]")]
    [InlineData("a = [ 1 \n , 2 \n\n , 3 ]")]
    public void A_new_line_is_as_good_as_a_comma_in_an_array(string text) => Assert.Equal("""{"a":["1","2","3"]}""", Conf.Json(text));

    [Theory]
    [InlineData("{ a = 1, b = 2 }")]
    [InlineData("{ a = 1, b = 2, }")]
    [InlineData("a = 1\nb = 2")]
    [InlineData("a = 1\n\n,\n\nb = 2\n,\n")]
    public void And_in_an_object(string text) => Assert.Equal("""{"a":"1","b":"2"}""", Conf.Json(text));

    [Theory]
    [InlineData("[1,2,3,,]")]
    [InlineData("[,1,2,3]")]
    [InlineData("[1,,2,3]")]
    [InlineData("[1,\n,2]")]
    [InlineData("[,]")]
    public void No_comma_stands_alone_in_an_array(string array) =>
        Assert.Contains("expected a value, found ','", Conf.Error("a = " + array).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ a = 1,, }")]
    [InlineData("{ , a = 1 }")]
    [InlineData("a = 1,,b = 2")]
    [InlineData(",")]
    public void Nor_in_an_object(string text) => Assert.Contains("expected a key, found ','", Conf.Error(text).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ a = {} b = 2 }")]
    [InlineData("a = \"x\" : 2")]
    [InlineData("a = [ [1] : 2 ]")]
    public void Whitespace_alone_divides_nothing(string text) => Assert.IsType<HoconException>(Conf.Error(text));

    [Fact]
    public void A_carriage_return_alone_is_no_new_line() => Assert.Equal("""{"a":["1\r2"]}""", Conf.Json("a = [1\r2]"));

    [Fact]
    public void A_carriage_return_before_a_new_line_does_no_harm() => Assert.Equal("""{"a":"1","b":"2"}""", Conf.Json("a = 1\r\nb = 2\r\n"));
}
