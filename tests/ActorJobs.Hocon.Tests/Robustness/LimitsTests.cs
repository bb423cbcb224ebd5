namespace ActorJobs.Hocon.Tests.Robustness;

/// <summary>What a file may cost. Each limit is reached by a document that is valid but for its size.</summary>
public sealed class LimitsTests
{
    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Nesting_is_bounded(char open, char close)
    {
        string Nested(int depth) => "a = " + string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{a=", depth)) + '1' + new string(close, depth);
        Assert.Single(Conf.Load(Nested(60), null, null).Fields);
        Assert.Contains("deep", Conf.Error(Nested(70)).Problem, StringComparison.Ordinal);
        Assert.Contains("deep", Conf.Error(Nested(200_000)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_bounded() =>
        Assert.Contains("more than 64 elements", Conf.Error(string.Join('.', Enumerable.Repeat("a", 65)) + " = 1").Problem, StringComparison.Ordinal);

    [Fact]
    public void Paths_and_nesting_are_bounded_together()
    {
        var path = string.Join('.', Enumerable.Repeat("a", 30));
        Assert.Contains("64 levels", Conf.Error($"{path} {{ {path} {{ {path} = 1 }} }}").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitutions_cannot_build_a_deeper_tree()
    {
        var path = string.Join('.', Enumerable.Repeat("a", 40));
        Assert.Contains("64 levels", Conf.Error($"{path} = 1, b.{path} = ${{a}}").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_bounded() =>
        Assert.Contains("larger than 1048576 bytes", Conf.Error("a = \"" + new string('x', HoconLimits.FileBytes) + '"').Problem, StringComparison.Ordinal);

    [Fact]
    public void Files_are_bounded_together()
    {
        var files = new MemoryFiles { ["/etc/node/x.conf"] = "a = \"" + new string('x', HoconLimits.FileBytes - 10) + '"' };
        Assert.Contains("16777216 bytes", Conf.Error(string.Concat(Enumerable.Repeat("include \"x.conf\"\n", 20)), files).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Includes_are_bounded()
    {
        var files = new MemoryFiles();
        for (var index = 0; index < 20; index++)
            files[$"/etc/node/{index}.conf"] = $"include \"{index + 1}.conf\"\nb {{ include \"{index + 1}.conf\" }}";
        Assert.Contains("more than 1000 includes", Conf.Error("include \"0.conf\"", files).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Includes_within_includes_are_bounded()
    {
        var files = new MemoryFiles();
        for (var index = 0; index < 100; index++)
            files[$"/etc/node/{index}.conf"] = $"include \"{index + 1}.conf\"";
        Assert.Contains("more than 64 files include each other", Conf.Error("include \"0.conf\"", files).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", "${0}${0}", "characters")]
    [InlineData("[1]", "${0}${0}", "multiply")]
    [InlineData("{ x = 1 }", "${0} ${0}", "multiply")]
    [InlineData("[1]", "[${0}, ${0}]", "multiply")]
    [InlineData("{ x = 1 }", "{ l = ${0}, r = ${0} }", "multiply")]
    public void Doubling_is_bounded(string first, string doubled, string problem)
    {
        var lines = Enumerable.Range(1, 40).Select(line => $"a{line} = " + doubled.Replace("${0}", $"${{a{line - 1}}}", StringComparison.Ordinal));
        Assert.Contains(problem, Conf.Error($"a0 = {first}\n{string.Join('\n', lines)}").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_are_bounded()
    {
        string Chain(int length) => "a0 = x\n" + string.Join('\n', Enumerable.Range(1, length).Reverse().Select(link => $"a{link} = ${{a{link - 1}}}"));
        Assert.Equal(121, Conf.Load(Chain(120), null, null).Fields.Count);
        Assert.Contains("need each other", Conf.Error(Chain(130)).Problem, StringComparison.Ordinal);
        Assert.Contains("need each other", Conf.Error(Chain(20_000)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bounds_hold_on_a_small_stack()
    {
        // musl gives threads 128 KB unless asked; .NET asks for 1.5 MB. A quarter of that is left here.
        Exception? failure = null;
        var path = string.Join('.', Enumerable.Repeat("a", 60));
        var chain = string.Join('\n', Enumerable.Range(1, 60).Reverse().Select(link => $"b{link} = ${{b{link - 1}}}x"));
        var thread = new Thread(
            () => failure = Record.Exception(() => Conf.Load($"{path} = ${{b60}}\nb0 = x\n{chain}", null, null)),
            maxStackSize: 384 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
