using System.Text.Json;
using ActorJobs.Client;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cli.Tests.Migration;

/// <summary>A node, another system's Redis, and imports from the one to the other.</summary>
internal sealed class ImportRun : IAsyncDisposable
{
    private ImportRun(NodeHost node, RedisServer server) => (Node, Server) = (node, server);

    public NodeHost Node { get; }

    public RedisServer Server { get; }

    public static async Task<ImportRun> StartAsync() => new(await NodeHost.StartAsync(), await RedisServer.StartAsync());

    /// <summary>Runs an import of the queue <c>mails</c>.</summary>
    public async Task<CliRun> AsAsync(string system, params string[] more) =>
        await CliRun.OfAsync(Node.Url, ["import", system, "--redis", Server.Address, "--queue", "mails", "--into-memory", "--json", .. more]);

    /// <summary>The same, and its report as the program writes it.</summary>
    public async Task<ForeignImportReport> ReportAsync(string system, params string[] more)
    {
        var run = await AsAsync(system, more);
        Assert.True(run.Code is ExitCode.Ok or ExitCode.Failed, run.Errors);
        var report = run.Json.Deserialize(CliJson.Default.ForeignImportReport)!;
        Assert.Equal(report.Left + report.Gone == 0 ? ExitCode.Ok : ExitCode.Failed, run.Code);
        return report;
    }

    /// <summary>The jobs that came from elsewhere, by their ids there.</summary>
    public async Task<Dictionary<string, Job>> JobsAsync()
    {
        var lines = (await CliRun.OkAsync(Node, "job", "list", "--all", "--json")).Lines;
        var jobs = new Dictionary<string, Job>();
        foreach (var line in lines)
        {
            var job = await Node.Client.GetJobAsync(JsonElement.Parse(line).GetProperty("id").GetString()!);
            jobs.Add(job.Meta["imported.id"], job);
        }

        return jobs;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>Whether the reasons of the jobs that stay are as told: by id, a part of each.</summary>
    public static void AssertLeft(ForeignImportReport report, params (string Id, string Part)[] expected)
    {
        foreach (var (id, part) in expected)
        {
            var left = report.Jobs.SingleOrDefault(job => job.Id == id);
            Assert.True(left is not null, $"{id} does not stay; these do: {string.Join(", ", report.Jobs.Select(job => job.Id))}");
            Assert.Contains(part, left.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(expected.Select(item => item.Id).Order(StringComparer.Ordinal), report.Jobs.Select(job => job.Id).Order(StringComparer.Ordinal));
    }

    public static void AssertJson(string expected, JsonElement? actual) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), actual!.Value), $"expected {expected}, seen {actual.Value.GetRawText()}");
}
