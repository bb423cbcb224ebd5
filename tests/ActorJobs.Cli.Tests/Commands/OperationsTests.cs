using System.Text.Json;
using ActorJobs.Client;
using Microsoft.Extensions.Options;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>Actors and the log of a running node.</summary>
public sealed class OperationsTests
{
    [Fact]
    public async Task The_actors_are_a_tree()
    {
        await using var node = await NodeHost.StartAsync();
        var tree = await CliRun.OkAsync(node, "actor", "tree");
        var one = await CliRun.OkAsync(node, "actor", "show", "/fetcher", "--json");

        Assert.Contains(tree.Lines, line => line.StartsWith("├─ fetcher ", StringComparison.Ordinal) && line.Contains("Running", StringComparison.Ordinal));
        Assert.Equal("/fetcher", one.Json.GetProperty("path").GetString());
        Assert.Equal(ExitCode.NotFound, (await CliRun.OfAsync(node.Url, ["actor", "show", "/nobody"])).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["actor", "tree", "--depth", "99"])).Code);
        Assert.Contains("No actor failed", (await CliRun.OkAsync(node, "actor", "restarts")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_is_drawn_with_its_lines_in_the_order_of_numbers()
    {
        var grid = ActorTree.Draw([Actor("/"), Actor("/s/b10"), Actor("/s"), Actor("/s/b9"), Actor("/t"), Actor("/s/b9/c"), Actor("/gone/child")]);

        Assert.Equal(["/", "├─ s", "│  ├─ b9", "│  │  └─ c", "│  └─ b10", "└─ t", "/gone/child"], grid.Rows.Select(row => row[0]));

        static ActorItem Actor(string path) => new(path, "Running", 0, 0);
    }

    [Fact]
    public async Task The_log_is_shown_filtered_and_followed()
    {
        await using var node = await NodeHost.StartAsync();
        var logger = node.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test.Log");
        Write(logger, LogLevel.Information, "first line");
        Write(logger, LogLevel.Error, "second line");

        Assert.Contains("inf Test.Log: first line", (await CliRun.OkAsync(node, "log", "show", "--category", "test.")).Output, StringComparison.Ordinal);
        Assert.Equal("second line", Assert.Single((await CliRun.OkAsync(node, "log", "show", "--level", "warning", "--category", "Test", "--json")).Json.GetProperty("items").EnumerateArray()).GetProperty("message").GetString());

        var tail = CliRun.OkAsync(node, "log", "tail", "--lines", "2", "--category", "Test.Log", "--json");
        while (!tail.IsCompleted)
        {
            // the tail begins when it is connected: what is written before is not its matter
            Write(logger, LogLevel.Warning, "followed");
            await Task.WhenAny(tail, node.Client.ListQueuesAsync());
        }

        Assert.Equal(["followed", "followed"], (await tail).Lines.Select(line => JsonElement.Parse(line).GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_level_is_set_while_the_node_runs_and_taken_back()
    {
        await using var node = await NodeHost.StartAsync();
        var logger = node.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test.Levels.Inner");
        Assert.False(logger.IsEnabled(LogLevel.Debug));

        await CliRun.OkAsync(node, "log", "level", "Test.Levels", "--level", "debug", "--for", "10m");
        Assert.True(logger.IsEnabled(LogLevel.Debug));
        var level = Assert.Single((await CliRun.OkAsync(node, "log", "levels", "--json")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("Test.Levels", level.GetProperty("category").GetString());
        Assert.EndsWith("Z", level.GetProperty("until").GetString(), StringComparison.Ordinal);

        await CliRun.OkAsync(node, "log", "reset", "Test.Levels");
        Assert.False(logger.IsEnabled(LogLevel.Debug));
        Assert.Equal(ExitCode.NotFound, (await CliRun.OfAsync(node.Url, ["log", "reset", "Test.Levels"])).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["log", "level", "x", "--level", "debug", "--for", "2d"])).Code);
    }

    [Fact]
    public async Task A_level_that_is_set_for_a_time_ends_with_it()
    {
        await using var node = await NodeHost.StartAsync();
        var logger = node.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test.Short");
        var ended = new TaskCompletionSource();
        var changes = 0;
        using var subscription = node.Services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>().OnChange(_ =>
        {
            if (Interlocked.Increment(ref changes) == 2)
                ended.SetResult();
        });

        await CliRun.OkAsync(node, "log", "level", "Test.Short", "--level", "debug", "--for", "100ms");
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.False(logger.IsEnabled(LogLevel.Debug));
        Assert.Empty((await CliRun.OkAsync(node, "log", "levels", "--json")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_settings_in_force_are_shown_with_where_they_come_from()
    {
        await using var node = await NodeHost.StartAsync(settings: new() { ["ActorJobs:Pools:default:Size"] = "3", ["ActorJobs:Http:Secret"] = "do-not-show" });

        var shown = await CliRun.OkAsync(node, "config", "show");
        var pools = await CliRun.OkAsync(node, "config", "show", "--below", "ActorJobs:Pools", "--json");

        Assert.DoesNotContain("do-not-show", shown.Output, StringComparison.Ordinal);
        Assert.Contains("ActorJobs:Http:Secret", shown.Output, StringComparison.Ordinal);
        var size = Assert.Single(pools.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("ActorJobs:Pools:default:Size", "3", "program"), (size.GetProperty("key").GetString(), size.GetProperty("value").GetString(), size.GetProperty("source").GetString()));
        Assert.Equal(ExitCode.NotFound, (await CliRun.OfAsync(node.Url, ["store", "backup"])).Code); // the store in memory has none
    }

    [Fact]
    public async Task The_log_needs_an_operator_and_its_levels_an_admin()
    {
        await using var node = await NodeHost.StartAsync(withKeys: true);

        Assert.Equal(ExitCode.NotAllowed, await CodeAsync(NodeHost.ViewerKey, "log", "show"));
        Assert.Equal(ExitCode.Ok, await CodeAsync(NodeHost.OperatorKey, "log", "show"));
        Assert.Equal(ExitCode.NotAllowed, await CodeAsync(NodeHost.OperatorKey, "log", "level", "x", "--level", "Debug"));
        Assert.Equal(ExitCode.Ok, await CodeAsync(NodeHost.AdminKey, "log", "level", "x", "--level", "Debug"));

        async Task<int> CodeAsync(string key, params string[] words) =>
            (await CliRun.OfAsync(node.Url, words, environment: new Dictionary<string, string> { ["ACTORJOBS_KEY"] = key })).Code;
    }

#pragma warning disable CA1848, CA2254 // a line for a test
    private static void Write(ILogger logger, LogLevel level, string text) => logger.Log(level, text);
#pragma warning restore CA1848, CA2254
}
