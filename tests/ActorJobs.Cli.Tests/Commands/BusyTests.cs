namespace ActorJobs.Cli.Tests.Commands;

/// <summary>429 and 503: waited for as the node asks, within a bound, and never repeated where that could do something twice.</summary>
public sealed class BusyTests
{
    [Fact]
    public async Task A_busy_node_is_asked_again_after_the_time_it_gave()
    {
        var asked = new List<long>();
        await using var node = await StubNode.StartAsync(async context =>
        {
            asked.Add(TimeProvider.System.GetTimestamp());
            if (asked.Count == 1)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "1";
                return;
            }

            await context.Response.WriteAsync("""{"items":[{"name":"default"}]}""");
        });
        var run = await CliRun.OfAsync(node.Url, ["queue", "list"]);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(2, asked.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked[0], asked[1]).TotalMilliseconds, 990, 20_000);
        Assert.Contains("busy", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_node_that_stays_busy_for_longer_than_the_patience_is_7(int status)
    {
        var asked = 0;
        await using var node = await StubNode.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        var run = await CliRun.OfAsync(node.Url, ["queue", "list"]);

        Assert.Equal(ExitCode.Busy, run.Code);
        Assert.Equal(1, asked);
        Assert.Contains("1h 0m", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job", "promote", "x")]
    [InlineData("queue", "limit", "default", "--capacity", "5")]
    public async Task A_command_that_may_have_been_done_is_not_repeated(params string[] words)
    {
        var asked = 0;
        await using var node = await StubNode.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        var run = await CliRun.OfAsync(node.Url, words);

        Assert.Equal(ExitCode.Busy, run.Code);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_batch_the_node_has_no_memory_for_is_sent_again_as_it_was_after_the_time_it_gave()
    {
        var bodies = new List<string>();
        var asked = new List<long>();
        await using var node = await StubNode.StartAsync(async context =>
        {
            asked.Add(TimeProvider.System.GetTimestamp());
            bodies.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
            if (bodies.Count == 1)
                await RefuseBodyAsync(context, retryAfter: "1");
            else
                await context.Response.WriteAsJsonAsync(new { accepted = 2, ids = Array.Empty<string>(), errors = Array.Empty<string>() });
        });
        var run = await CliRun.OfAsync(node.Url, ["job", "import", "-", "--kind", "builtin.echo", "--run", "r", "--json"], input: "1\n2\n");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(2, run.Json.GetProperty("accepted").GetInt32());
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
        Assert.Contains("\"id\":\"r-1\"", bodies[0], StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked[0], asked[1]).TotalMilliseconds, 990, 20_000);
    }

    [Fact]
    public async Task A_batch_the_node_has_no_memory_for_is_given_up_when_patience_ends()
    {
        var asked = 0;
        await using var node = await StubNode.StartAsync(context =>
        {
            asked++;
            return RefuseBodyAsync(context, retryAfter: "1");
        });
        var run = await CliRun.OfAsync(node.Url, ["job", "import", "-", "--kind", "builtin.echo", "--run", "r", "--patience", "1500ms"], input: "1\n");

        Assert.Equal(ExitCode.Busy, run.Code);
        Assert.Equal(2, asked);
        Assert.Contains("--run r --skip 0", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_patience_nothing_is_waited_for()
    {
        var asked = 0;
        await using var node = await StubNode.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        });

        Assert.Equal(ExitCode.Busy, (await CliRun.OfAsync(node.Url, ["queue", "list", "--patience", "0"])).Code);
        Assert.Equal(1, asked);
    }

    private static Task RefuseBodyAsync(HttpContext context, string retryAfter)
    {
        context.Response.StatusCode = 503;
        context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsJsonAsync(
            new { type = "about:blank", title = "Too many large requests at once", status = 503, code = "too-many-bodies" }, options: null, "application/problem+json");
    }
}
