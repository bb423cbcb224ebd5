using ActorJobs.Cli.Tests.Commands;

namespace ActorJobs.Cli.Tests.Shell;

/// <summary>Lines: as words, from a script, with completion.</summary>
public sealed class ShellTests
{
    [Theory]
    [InlineData("job list", "job|list")]
    [InlineData("  job   list ", "job|list")]
    [InlineData("""submit --args '{"a": "b c"}'""", """submit|--args|{"a": "b c"}""")]
    [InlineData("""a "b \"c\" \d" e\ f ''""", """a|b "c" \d|e f|""")]
    [InlineData("--x='1 2'y", "--x=1 2y")]
    [InlineData("", "")]
    public void A_line_is_split_as_a_shell_does(string line, string words) => Assert.Equal(words, string.Join('|', CommandWords.Split(line)));

    [Theory]
    [InlineData("'abc")]
    [InlineData("a \"b")]
    public void A_quote_without_an_end_is_a_mistake(string line) => Assert.Throws<UsageException>(() => CommandWords.Split(line));

    [Theory]
    [InlineData("plain")]
    [InlineData("it's")]
    [InlineData("a b\"c\\d'")]
    [InlineData("")]
    public void A_quoted_word_comes_back(string word) => Assert.Equal([word], CommandWords.Split(CommandWords.Quote(word)));

    [Fact]
    public async Task A_script_runs_to_its_first_failure()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OfAsync(node.Url, ["shell", "--json"], input: """
            # a comment
            actorjobs job submit builtin.echo --id one --args '{"text": "two words"}'
            job show none
            job submit builtin.echo --id never
            """);

        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Equal("""{"text":"two words"}""", (await node.Client.GetJobAsync("one")).Args!.Value.GetRawText());
        Assert.Equal(ExitCode.NotFound, (await CliRun.OfAsync(node.Url, ["job", "show", "never"])).Code);
    }

    [Fact]
    public async Task Without_a_command_and_a_person_there_is_help()
    {
        var run = await CliRun.OfAsync(await ExitCodeTests.ClosedPortAsync(), []);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Exit codes", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_options_and_fixed_values_are_completed_without_a_node()
    {
        var url = await ExitCodeTests.ClosedPortAsync();

        Assert.Contains("queue", await CompleteAsync(url, "actorjobs q"));
        Assert.Equal(["cancel"], await CompleteAsync(url, "actorjobs job c"));
        Assert.Equal(["Discarded"], await CompleteAsync(url, "actorjobs job list --state D"));
        Assert.Contains("--queue", await CompleteAsync(url, "actorjobs job list --q"));
        Assert.Empty(await CompleteAsync(url, "actorjobs queue show "));
        Assert.Contains("show", await CompleteAsync(url, "actorjobs queue "));
    }

    [Fact]
    public async Task Names_are_completed_with_what_the_node_has()
    {
        await using var node = await NodeHost.StartAsync();
        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "the-job", "--queue", "reports", "--delay", "1h");

        Assert.Contains("reports", await CompleteAsync(node.Url, "actorjobs queue pause "));
        Assert.Equal(["reports"], await CompleteAsync(node.Url, "actorjobs job list --queue re"));
        Assert.Equal(["the-job"], await CompleteAsync(node.Url, "actorjobs job show th"));
        Assert.Equal(["the-job"], await CompleteAsync(node.Url, "actorjobs why "));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _actorjobs actorjobs")]
    [InlineData("zsh", "compdef _actorjobs actorjobs")]
    [InlineData("fish", "complete -c actorjobs")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Each_shell_has_a_script(string shell, string line)
    {
        var run = await CliRun.OfAsync(await ExitCodeTests.ClosedPortAsync(), ["completion", shell]);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains(line, run.Output, StringComparison.Ordinal);
        Assert.Contains("actorjobs complete -- ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_options_of_the_shell_go_with_every_line()
    {
        await using var node = await NodeHost.StartAsync(withKeys: true);
        var run = await CliRun.OfAsync("http://127.0.0.1:1", ["shell", "--node", node.Url, "--key", NodeHost.ViewerKey], input: "queue list");

        Assert.True(run.Code == ExitCode.Ok, run.Errors);
    }

    private static async Task<string[]> CompleteAsync(string url, string line)
    {
        var run = await CliRun.OfAsync(url, ["complete", "--", line]);
        Assert.Equal(ExitCode.Ok, run.Code);
        return run.Lines;
    }
}
