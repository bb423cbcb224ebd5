using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>The node tells what it offers, and commands this program has never heard of work.</summary>
public sealed class PaletteTests
{
    [Fact]
    public async Task A_node_offers_what_it_has_routes_for()
    {
        await using var node = await NodeHost.StartAsync();
        var offered = (await CliRun.OkAsync(node, "palettes", "--json")).Json.GetProperty("items").EnumerateArray()
            .ToDictionary(palette => palette.GetProperty("name").GetString()!, palette => palette.GetProperty("commands").EnumerateArray().Select(command => command.GetProperty("name").GetString()!).ToArray());

        Assert.Contains("submit", offered["job"]);
        Assert.Contains("resize", offered["pool"]);
        Assert.Contains("tail", offered["log"]);
        Assert.Equal(["list", "send"], offered["mail"]);
        // this node has no workloads
        Assert.DoesNotContain("scrape", offered.Keys);
        Assert.DoesNotContain("index", offered.Keys);
    }

    [Fact]
    public async Task A_command_of_the_nodes_own_works_like_any_other()
    {
        await using var node = await NodeHost.StartAsync();

        var list = await CliRun.OkAsync(node, "mail", "list", "in box", "--limit", "3");
        Assert.Equal("box     number", list.Lines[0]);
        Assert.Equal("in box  3", list.Lines[3]);
        Assert.Equal("hello", (await CliRun.OkAsync(node, "mail", "send", "ada", "--text", "hello", "--json")).Json.GetProperty("text").GetString());
        Assert.Contains("--text", (await CliRun.OkAsync(node, "mail", "send", "--help")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["mail", "list", "x", "--limit", "three"])).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["mail", "send", "ada"])).Code);
    }

    [Fact]
    public async Task Queues_and_pools_are_seen_and_steered()
    {
        await using var node = await NodeHost.StartAsync();

        await CliRun.OkAsync(node, "queue", "pause", "default");
        Assert.Contains("yes", (await CliRun.OkAsync(node, "queue", "list")).Output, StringComparison.Ordinal);
        await CliRun.OkAsync(node, "queue", "resume", "default");
        await CliRun.OkAsync(node, "queue", "limit", "default", "--capacity", "77");
        Assert.Equal(77, (await node.Client.GetQueueAsync("default")).Capacity);
        await CliRun.OkAsync(node, "pool", "resize", "default", "--size", "3");
        Assert.Equal(3, (await node.Client.ListPoolsAsync()).Items.Single(pool => pool.Name == "default").Size);
        Assert.Contains("states.Available", (await CliRun.OkAsync(node, "cluster", "status")).Output, StringComparison.Ordinal);
        Assert.Single((await CliRun.OkAsync(node, "node", "list", "--json")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public void Every_standard_command_can_be_typed_and_sent()
    {
        foreach (var palette in StandardPalettes.All)
        {
            Assert.NotEmpty(palette.Commands);
            Assert.Equal(palette.Commands.Count, palette.Commands.DistinctBy(command => command.Name).Count());
            Assert.All(palette.Commands, command =>
            {
                Assert.NotEmpty(command.Summary);
                var inPath = command.Parameters.Where(parameter => parameter.In == "path").Select(parameter => parameter.Name).ToArray();
                Assert.All(inPath, name => Assert.Contains($"{{{name}}}", command.Path, StringComparison.Ordinal));
                Assert.All(command.Parameters, parameter => Assert.NotEmpty(parameter.Summary));
            });
        }
    }

    [Fact]
    public async Task What_parameters_say_of_themselves_is_what_is_sent()
    {
        var seen = "";
        await using var node = await StubNode.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync()}";
            context.Response.StatusCode = 204;
        });
        await SentAsync("PUT /api/v1/schedules/nightly {\"cron\":\"0 0 * * *\"}", "schedule", "set", "nightly", """{"cron":"0 0 * * *"}""");
        await SentAsync("POST /api/v1/schedules/a%2Fb/backfill {\"from\":\"2026-01-01T00:00:00.0000000Z\",\"to\":\"2026-01-02T00:00:00.0000000Z\"}", "schedule", "backfill", "a/b", "--from", "2026-01-01", "--to", "2026-01-02T01:00:00+01:00");
        await SentAsync("POST /api/v1/scrapes {\"companies\":[\"http://a\",\"http://b\"],\"enrich\":true}", "scrape", "start", "--companies", "http://a", "http://b", "--enrich");
        await SentAsync("GET /api/v1/postings?q=c%23%20%26%20go&remote=false ", "posting", "search", "--q", "c# & go", "--remote", "false");
        await SentAsync("PUT /api/v1/log/levels/ActorJobs {\"level\":\"Debug\",\"for\":\"PT10M\"}", "log", "level", "ActorJobs", "--level", "debug", "--for", "10m");
        await SentAsync("POST /api/v1/jobs/actions {\"action\":\"retry\",\"filter\":{\"state\":\"Discarded\",\"kind\":\"mail\"},\"dryRun\":true}", "job", "bulk", "--action", "retry", "--kind", "mail", "--state", "discarded", "--dry-run");
        await SentAsync("DELETE /api/v1/schedules/x ", "schedule", "delete", "x", "--yes");

        async Task SentAsync(string request, params string[] words)
        {
            var run = await CliRun.OfAsync(node.Url, words);
            Assert.True(run.Code == ExitCode.Ok, run.Errors);
            Assert.Equal(request, seen);
        }
    }

    [Fact]
    public async Task What_cannot_be_undone_is_not_done_unasked()
    {
        var asked = 0;
        await using var node = await StubNode.StartAsync(context =>
        {
            asked++;
            return Task.CompletedTask;
        });

        Assert.Equal(ExitCode.Usage, (await CliRun.OfAsync(node.Url, ["schedule", "delete", "x"])).Code);
        Assert.Equal(0, asked);
    }

    [Fact]
    public void A_node_cannot_offer_words_that_cannot_be_typed()
    {
        var offered = new[] { new Palette("--json", "", []), new Palette("x y", "", []), new Palette("ok", "", [new PaletteCommand("-a", "", "GET", "a"), new PaletteCommand("b", "", "GET", "b")]) };

        Assert.Equal("ok b", string.Join(';', NodePalettes.Merge([], offered).Select(palette => $"{palette.Name} {string.Join(',', palette.Commands.Select(command => command.Name))}")));
    }

    [Fact]
    public async Task A_shard_is_found_by_the_placement_of_the_stores()
    {
        await using var node = await StubNode.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path == "/api/v1/shards"
                ? JsonSerializer.Serialize(new { items = Enumerable.Range(0, 64).Select(shard => new { shard, owner = $"n{shard}", epoch = 7 }) })
                : """{"shards":64}"""));
        foreach (var id in new[] { "job-1", "a", "01a201cb-37e5-7000-93ca-6593e1975b8d", "ünïcode" })
        {
            var found = (await CliRun.OfAsync(node.Url, ["shard", "owner", id, "--json"])).Json;
            var shard = Actors.Entities.ShardHash.Of(id, 64);
            Assert.Equal((shard, $"n{shard}", 7), (found.GetProperty("shard").GetInt32(), found.GetProperty("owner").GetString(), found.GetProperty("epoch").GetInt32()));
        }
    }
}
