using System.Net;
using System.Net.Sockets;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Every documented exit code, and words that say what to do.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("job", "list", "--limit", "many")]
    [InlineData("job", "list", "--state", "Lost")]
    [InlineData("job", "show")]
    [InlineData("queue", "list", "--timeout", "soon")]
    [InlineData("queue", "list", "--watch=1ms")]
    [InlineData("dead", "retry")]
    [InlineData("job", "submit", "builtin.echo", "--args", "{")]
    [InlineData("job", "submit", "builtin.echo", "--args", "@no-such-file")]
    [InlineData("job", "submit")]
    [InlineData("job", "submit", "builtin.echo", "--run-at", "tomorrow")]
    [InlineData("completion", "tcsh")]
    public async Task Wrong_usage_is_2_and_asks_no_node(params string[] words)
    {
        var run = await CliRun.OfAsync(await ClosedPortAsync(), words);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.NotEmpty(run.Errors);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("http://")]
    [InlineData("http://user:password@host")]
    public async Task An_address_that_is_none_is_2(string address)
    {
        var run = await CliRun.OfAsync("", ["queue", "list", "--node", address]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.DoesNotContain("password@", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_3_and_the_answer_says_where_it_looked()
    {
        var url = await ClosedPortAsync();
        var run = await CliRun.OfAsync(url, ["queue", "list"]);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains(url, run.Errors, StringComparison.Ordinal);
        Assert.Contains("--node", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_a_name_is_3()
    {
        var run = await CliRun.OfAsync("http://no-such-host.invalid", ["queue", "list"]);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("no-such-host.invalid", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_silent_is_3_after_the_timeout()
    {
        await using var node = await StubNode.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var run = await CliRun.OfAsync(node.Url, ["queue", "list", "--timeout", "200ms"]);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("--timeout", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_and_a_small_role_are_4()
    {
        await using var node = await NodeHost.StartAsync(withKeys: true);
        var none = await CliRun.OfAsync(node.Url, ["queue", "list"]);
        var small = await CliRun.OfAsync(node.Url, ["queue", "pause", "default"], environment: new Dictionary<string, string> { ["ACTORJOBS_KEY"] = NodeHost.ViewerKey });

        Assert.Equal((ExitCode.NotAllowed, ExitCode.NotAllowed), (none.Code, small.Code));
        Assert.Contains("ACTORJOBS_KEY", none.Errors, StringComparison.Ordinal);
        Assert.Contains("Operator", small.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_5()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OfAsync(node.Url, ["job", "show", "no-such-job"]);

        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Contains("no-such-job", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_the_node_does_not_offer_is_5_and_says_so()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OfAsync(node.Url, ["conversation", "list"]);

        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Contains("actorjobs palettes", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_state_does_not_allow_is_6()
    {
        await using var node = await NodeHost.StartAsync();
        await CliRun.OkAsync(node, "job", "submit", "builtin.echo", "--id", "done", "--wait");
        var run = await CliRun.OfAsync(node.Url, ["job", "promote", "done"]);

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Contains("Completed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_kind_is_2_with_the_known_ones()
    {
        await using var node = await NodeHost.StartAsync();
        var run = await CliRun.OfAsync(node.Url, ["job", "submit", "no.such.kind"]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("builtin.echo", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_0_and_needs_no_node()
    {
        var run = await CliRun.OfAsync(await ClosedPortAsync(), ["job", "submit", "--help"]);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("--max-attempts", run.Output, StringComparison.Ordinal);
    }

    internal static Task<string> ClosedPortAsync()
    {
        // taken and given back: nothing listens there for as long as a test takes
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Task.FromResult($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
