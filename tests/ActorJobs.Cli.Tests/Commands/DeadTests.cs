namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Dead letters: alike ones together, and back to life.</summary>
public sealed class DeadTests
{
    [Fact]
    public async Task Dead_letters_are_grouped_by_cause_and_retried_by_group()
    {
        await using var node = await NodeHost.StartAsync();
        await node.DieAsync("a", "cannot open /data/17.txt");
        await node.DieAsync("b", "cannot open /data/204.txt");
        await node.DieAsync("c", "out of paper");

        var groups = (await CliRun.OkAsync(node, "dead", "groups", "--json")).Json.EnumerateArray().ToArray();
        Assert.Equal([2, 1], groups.Select(group => group.GetProperty("count").GetInt32()));
        Assert.Equal("cannot open /data/#.txt", groups[0].GetProperty("message").GetString());

        var name = groups[0].GetProperty("group").GetString()!;
        var unasked = await CliRun.OfAsync(node.Url, ["dead", "retry", "--group", name]);
        Assert.Equal(ExitCode.Usage, unasked.Code);
        Assert.Contains("--yes", unasked.Errors, StringComparison.Ordinal);

        var retried = (await CliRun.OkAsync(node, "dead", "retry", "--group", name, "--yes", "--json")).Json;
        Assert.Equal((2, 0), (retried.GetProperty("retried").GetInt32(), retried.GetProperty("refused").GetInt32()));
        var events = (await CliRun.OkAsync(node, "job", "events", "a", "--json")).Output;
        Assert.Contains("retried", events, StringComparison.Ordinal);
        Assert.DoesNotContain("retried", (await CliRun.OkAsync(node, "job", "events", "c", "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_a_mistake_and_a_job_that_is_not_dead_is_told()
    {
        await using var node = await NodeHost.StartAsync();
        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "fine", "--wait");

        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["dead", "retry", "--group", "00000000", "--yes"])).Code);
        var gone = await CliRun.OfAsync(node.Url, ["dead", "retry", "no-such-job"]);
        Assert.Equal(ExitCode.Failed, gone.Code);
        Assert.Contains("no-such-job", gone.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Timeout after 30.5 s at host 10.0.0.1:80", "Timeout after # s at host #")]
    [InlineData("No user '4711' in \"eu\"", "No user '*' in '*'")]
    [InlineData("GET https://x.example/a?b=1 failed", "GET * failed")]
    [InlineData("job 01a201cb-37e5-7000-93ca-6593e1975b8d is gone", "job * is gone")]
    [InlineData("deadbeef is a word", "deadbeef is a word")]
    [InlineData("hash 0123456789abcdef0 differs", "hash * differs")]
    public void What_differs_from_job_to_job_is_left_out(string message, string common) => Assert.Equal(common, ErrorSignature.Of("E", message).Message);

    [Fact]
    public void Errors_of_other_types_are_other_groups() =>
        Assert.NotEqual(ErrorSignature.Of("A", "x").Id, ErrorSignature.Of("B", "x").Id);
}
