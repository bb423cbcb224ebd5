using System.Net;
using System.Net.Sockets;

namespace ActorJobs.Server.Tests.Node;

/// <summary>How a node starts, and how it says that it cannot.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused_and_the_first_goes_on()
    {
        await using var node = await NodePlace.StartNewAsync();
        var (code, output, errors) = await FailAsync(node, ["--urls=http://127.0.0.1:0"]);

        Assert.Equal(3, code);
        Assert.Contains("in use by another process", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(HttpStatusCode.OK, (await node.Http.GetAsync("health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_one_line()
    {
        await using var node = new NodePlace();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, output, errors) = await FailAsync(node, [$"--urls=http://{taken.LocalEndpoint}"]);

        Assert.Equal(4, code);
        Assert.Contains("choose another with --urls", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once()
    {
        await using var node = new NodePlace();
        var (code, output, errors) = await FailAsync(
            node,
            [
                "--ActorJobs:Shards=many", "--ActorJobs:Pools:mail:Sise=3", "--ActorJobs:Scraping:PageTimeout=soon", "--ActorJobs:Handlers:no.such:Queue=x",
                "--ActorJobs:Keys:0:Role=emperor",
            ]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        string[] named = ["Shards", "Pools:mail:Sise", "Scraping:PageTimeout", "Handlers:no.such", "Keys:0:Role"];
        Assert.All(named, key => Assert.Contains(errors, line => line.Contains($"ActorJobs:{key}", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("--ActorJobs:Store=paper", "'paper' is no store")]
    [InlineData("--ActorJobs:Sqlite:Synchronous=sometimes", "ActorJobs:Sqlite:Synchronous")]
    [InlineData("--hocon=missing.conf", "missing.conf")]
    [InlineData("--hocon=broken.conf", "broken.conf")]
    [InlineData("serve", "There is no command 'serve'")]
    public async Task What_cannot_be_is_one_line(string argument, string said)
    {
        await using var node = new NodePlace();
        node.Write("broken.conf", "actorjobs { shards = [");
        var (code, output, errors) = await FailAsync(node, [argument]);

        Assert.Equal(2, code);
        Assert.Contains(said, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_catalogue_with_an_error_is_told_by_its_line_before_the_store_is_touched()
    {
        await using var node = new NodePlace();
        node.Write("config/catalogue.yaml", "currency: EUR\nitems: [\n");
        var (code, output, errors) = await FailAsync(node, ["--urls=http://127.0.0.1:0"]);

        Assert.Equal(2, code);
        Assert.Contains(errors, line => line.Contains("catalogue.yaml, line 3", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.Empty(output);
        Assert.False(Directory.Exists(Path.Combine(node.Folder, "data")));
    }

    [Fact]
    public async Task A_store_that_is_no_database_is_one_line()
    {
        await using var node = new NodePlace();
        node.Write("data/actorjobs.db", new string('x', 5_000));
        var (code, _, errors) = await FailAsync(node, ["--urls=http://127.0.0.1:0"]);

        Assert.Equal(3, code);
        Assert.Contains("The store is unusable", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection=127.0.0.1:1,colour=blue", "an option in it is unknown")]
    [InlineData("Connection=127.0.0.1:1,user=anna", "leave out user=")]
    [InlineData("Prefix={a}", "ActorJobs:Redis:Prefix")]
    [InlineData("CallDeadline=soon", "ActorJobs:Redis:CallDeadline")]
    public async Task Wrong_settings_of_Redis_are_one_line(string setting, string said)
    {
        await using var node = new NodePlace();
        var (code, output, errors) = await FailAsync(node, ["--ActorJobs:Store=redis", $"--ActorJobs:Redis:{setting}"]);

        Assert.Equal(2, code);
        Assert.Contains(said, Assert.Single(errors), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_Redis_that_is_not_there_is_one_line_without_the_password()
    {
        await using var node = new NodePlace();
        var (code, _, errors) = await FailAsync(
            node, ["--urls=http://127.0.0.1:0", "--ActorJobs:Store=redis", "--ActorJobs:Redis:Connection=127.0.0.1:1,password=geheim", "--ActorJobs:Redis:ConnectDeadline=1"]);

        Assert.Equal(3, code);
        Assert.Contains("No Redis answers at 127.0.0.1:1", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_win_in_the_documented_order()
    {
        await using var node = new NodePlace();
        node.Write("my.conf", """
            actorjobs {
              node.name = from-hocon
              shutdown.dead-line = 5 seconds
              queues { a.capacity = 1, b.capacity = 1, c.capacity = 1, d.capacity = 1 }
            }
            """);
        node.Write("appsettings.json", """{ "ActorJobs": { "Queues": { "b": { "Capacity": 2 }, "c": { "Capacity": 2 }, "d": { "Capacity": 2 } } } }""");
        var process = node.Run(
            ["--urls=http://127.0.0.1:0", "--ActorJobs:Queues:d:Capacity=4", "--actorjobs:store=MEMORY"],
            new Dictionary<string, string>
            {
                ["ACTORJOBS_HOCON"] = "my.conf",
                ["ActorJobs__Queues__c__Capacity"] = "3",
                ["ActorJobs__Queues__d__Capacity"] = "3",
            });
        using var http = new HttpClient { BaseAddress = await process.ReadyAsync() };
        var client = new Client.ActorJobsClient(http);

        var capacities = new List<long>();
        foreach (var queue in new[] { "a", "b", "c", "d" })
            capacities.Add((await client.GetQueueAsync(queue)).Capacity);

        Assert.Equal([1, 2, 3, 4], capacities);
        Assert.StartsWith("from-hocon-", Assert.Single((await client.ListNodesAsync()).Items).Name, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(node.Folder, "data")), "A node in memory made files.");
    }

    [Fact]
    public async Task The_shipped_configuration_of_a_node_starts_one()
    {
        await using var node = await NodePlace.StartNewAsync($"--hocon={Path.Combine(Repository.Root, "hocon", "node.conf")}", "--ActorJobs:Log:File=logs/node.log");

        Assert.Equal(8, (await node.Client.ListPoolsAsync()).Items.Single(pool => pool.Name == "default").Size);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(node.Folder, "logs")));
    }

    private static async Task<(int Code, string[] Output, string[] Errors)> FailAsync(NodePlace node, string[] arguments)
    {
        var process = node.Run(arguments);
        var code = await process.ExitCodeAsync();
        return (code, Lines(process.Output), Lines(process.Errors));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
