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

        var groups = (await CliRun.OkAsync(node, "dead", "groups", "--json")).Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([2, 1], groups.Select(group => group.GetProperty("count").GetInt32()));
        Assert.Equal("cannot open /data/#.txt", groups[0].GetProperty("message").GetString());

        var name = groups[0].GetProperty("signature").GetString()!;
        var unasked = await CliRun.OfAsync(node.Url, ["dead", "retry", "--group", name]);
        Assert.Equal(ExitCode.Usage, unasked.Code);
        Assert.Contains("--yes", unasked.Errors, StringComparison.Ordinal);

        var retried = (await CliRun.OkAsync(node, "dead", "retry", "--group", name, "--yes", "--json")).Json;
        Assert.Equal((2, 0), (retried.GetProperty("changed").GetInt32(), retried.GetProperty("refused").GetInt32()));
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

    [Fact]
    public async Task A_group_is_tried_with_other_arguments_dismissed_and_taken_back()
    {
        await using var node = await NodeHost.StartAsync();
        foreach (var id in (string[])["a", "b", "c"])
            await node.DieAsync(id, $"no user {id.Length}");
        var group = (await CliRun.OkAsync(node, "dead", "groups", "--json")).Json.GetProperty("items")[0].GetProperty("signature").GetString()!;

        var dry = (await CliRun.OkAsync(node, "dead", "retry", "--group", group, "--edit", """{"times":0}""", "--limit", "1", "--dry-run", "--json")).Json;
        Assert.Equal((1, 0), (dry.GetProperty("count").GetInt32(), dry.GetProperty("edits")[0].GetProperty("after").GetProperty("times").GetInt32()));

        var tried = (await CliRun.OkAsync(node, "dead", "retry", "--group", group, "--edit", """{"times":0}""", "--limit", "1", "--json")).Json;
        Assert.Equal(1, tried.GetProperty("changed").GetInt32());

        var dismissed = (await CliRun.OkAsync(node, "dead", "dismiss", "--group", group, "--yes", "--reason", "known", "--json")).Json;
        Assert.Equal(2, dismissed.GetProperty("changed").GetInt32());
        Assert.Empty((await CliRun.OkAsync(node, "dead", "groups", "--json")).Json.GetProperty("items").EnumerateArray());

        var undone = (await CliRun.OkAsync(node, "dead", "undo", dismissed.GetProperty("action").GetString()!, "--yes", "--json")).Json;
        Assert.Equal(2, undone.GetProperty("count").GetInt32());
        await CliRun.OkAsync(node, "job", "watch", undone.GetProperty("id").GetString()!);
        Assert.Equal(2, (await CliRun.OkAsync(node, "dead", "groups", "--json")).Json.GetProperty("items")[0].GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("dead", "dismiss")]
    [InlineData("dead", "retry", "--group", "x", "--all")]
    [InlineData("dead", "retry", "a", "--rate", "1")]
    public async Task Which_ones_must_be_said_in_one_way(params string[] line)
    {
        await using var node = await NodeHost.StartAsync();

        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, line)).Code);
    }
}
