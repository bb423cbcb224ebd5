namespace ActorJobs.Hocon.Tests.Robustness;

/// <summary>An error says where, as an editor counts.</summary>
public sealed class ErrorPositionTests
{
    [Theory]
    [InlineData("a = ^", 1, 5)]
    [InlineData("a = 1\nb = [1, 2", 2, 5)]
    [InlineData("a = 1\n\n  b = ${", 3, 9)]
    [InlineData("a = 1\r\nb c", 2, 4)]
    [InlineData("a = \"x\n\"", 1, 7)]
    [InlineData("a {\n  b = \"\\q\"\n}", 2, 8)]
    [InlineData("a = x ${?y} { }", 1, 5)]
    [InlineData("a..b = 1", 1, 1)]
    [InlineData("a = 1\nk = ${no}", 2, 5)]
    [InlineData("# comment\n\ta = }", 2, 6)]
    [InlineData("include url(\"x\")", 1, 1)]
    public void In_the_file_itself(string text, int line, int column) =>
        Assert.Equal(new HoconPosition(Conf.Path, line, column), Conf.Error(text).Position);

    [Fact]
    public void In_an_included_file() =>
        Assert.Equal(
            new HoconPosition("/etc/node/x.conf", 2, 5),
            Conf.Error("include \"x.conf\"", new() { ["/etc/node/x.conf"] = "\na = ]" }).Position);

    [Fact]
    public void The_message_begins_with_the_place() =>
        Assert.Equal("/etc/node/main.conf:1:5: expected a value, found the end of the file", Conf.Error("a = ").Message);
}
