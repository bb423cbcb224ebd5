namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Operators drain and end nodes, and say why.</summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_drained_node_says_so_takes_nothing_more_and_answers()
    {
        await using var node = await NodeHost.StartAsync();
        var name = await NameAsync(node);

        var drained = await CliRun.OkAsync(node, "cluster", "drain", name, "--reason", "new disk", "--yes", "--json");
        Assert.Equal((name, "Draining"), (drained.Json.GetProperty("name").GetString(), drained.Json.GetProperty("state").GetString()));
        await UntilAsync(async () => (await CliRun.OkAsync(node, "cluster", "show", "--json")).Json.GetProperty("items")[0].GetProperty("state").GetString() == "Leaving");

        Assert.Equal(ExitCode.Busy, (await CliRun.OfAsync(node.Url, ["job", "submit", "builtin.echo", "--patience", "0"])).Code);
        var entry = (await CliRun.OkAsync(node, "audit", "list", "--json")).Json.GetProperty("items").EnumerateArray().First();
        Assert.Equal(
            ("node.drain", name, "new disk", "Done"),
            (entry.GetProperty("action").GetString(), entry.GetProperty("target").GetString(), entry.GetProperty("reason").GetString(), entry.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_node_that_is_told_to_leave_answers_and_ends()
    {
        await using var node = await NodeHost.StartAsync();
        var ended = new TaskCompletionSource();
        node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(ended.SetResult);

        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["cluster", "leave", await NameAsync(node)])).Code); // nobody can be asked
        Assert.False(ended.Task.IsCompleted);
        await CliRun.OkAsync(node, "cluster", "leave", await NameAsync(node), "--yes");

        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_is_not_there_gets_no_orders_and_a_node_does_not_bury_itself()
    {
        await using var node = await NodeHost.StartAsync();

        foreach (var verb in new[] { "drain", "leave", "down" })
            Assert.Equal(ExitCode.NotFound, (await CliRun.OfAsync(node.Url, ["cluster", verb, "nobody", "--yes"])).Code);
        var own = await CliRun.OfAsync(node.Url, ["cluster", "down", await NameAsync(node), "--yes", "--force"]);

        Assert.Equal(ExitCode.Conflict, own.Code);
        Assert.Contains("cluster leave", own.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_steers_a_queue_may_say_why()
    {
        await using var node = await NodeHost.StartAsync();

        await CliRun.OkAsync(node, "queue", "pause", "mail", "--reason", "the provider is down");

        var entry = (await CliRun.OkAsync(node, "audit", "list", "--json")).Json.GetProperty("items").EnumerateArray().First();
        Assert.Equal(("queue.pause", "the provider is down"), (entry.GetProperty("action").GetString(), entry.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Viewers_give_no_orders()
    {
        await using var node = await NodeHost.StartAsync(withKeys: true);

        foreach (var verb in new[] { "drain", "leave", "down" })
        {
            Assert.Equal(ExitCode.NotAllowed, await CodeAsync(NodeHost.ViewerKey, verb));
            Assert.Equal(ExitCode.NotFound, await CodeAsync(NodeHost.OperatorKey, verb));
        }

        async Task<int> CodeAsync(string key, string verb) =>
            (await CliRun.OfAsync(node.Url, ["cluster", verb, "nobody", "--yes"], environment: new Dictionary<string, string> { ["ACTORJOBS_KEY"] = key })).Code;
    }

    private static async Task<string> NameAsync(NodeHost node) =>
        (await CliRun.OkAsync(node, "cluster", "show", "--json")).Json.GetProperty("items")[0].GetProperty("name").GetString()!;

    // the order is obeyed after its answer
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
            await clock.WaitForNextTickAsync(patience.Token);
    }
}
