using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.OneCommand;

/// <summary><c>./cluster</c> is three nodes that are one, from the shipped configuration files, and nothing of it is left when it ends.</summary>
public sealed partial class ClusterScriptTests
{
    private const string Key = "a key of this test";

    private static readonly Dictionary<string, string> WithKey = new()
    {
        ["ActorJobs__Keys__0__Name"] = "test",
        ["ActorJobs__Keys__0__Hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key))),
        ["ActorJobs__Keys__0__Role"] = "admin",
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
    };

    [Fact]
    public async Task What_one_node_accepts_another_shows_a_log_in_holds_at_all_and_an_interrupt_ends_everything()
    {
        await using var script = await ClusterScript.StartAsync(WithKey);
        Assert.Equal(3, script.Nodes.Count);

        await SubmittedAtOneIsShownByAllAsync(script);
        await LogInAtOneHoldsAtAllAsync(script);

        Assert.Equal(0, await script.InterruptAsync());
        foreach (var port in script.Nodes.Select(node => node.Port).Append(script.RedisPort))
            await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(port));
        Assert.Contains(Directory.EnumerateFiles(script.Data, "*.aof", SearchOption.AllDirectories), file => new FileInfo(file).Length > 0);
    }

    private static async Task SubmittedAtOneIsShownByAllAsync(ClusterScript script)
    {
        using var one = new HttpClient { BaseAddress = script.Nodes[0], DefaultRequestHeaders = { Authorization = new("Bearer", Key) } };
        var receipt = await new ActorJobsClient(one).SubmitAsync(SubmitJob.Of("builtin.echo", new { text = "hello" }));
        Assert.Equal("everysec", receipt.Durability);
        foreach (var node in script.Nodes)
        {
            using var http = new HttpClient { BaseAddress = node, DefaultRequestHeaders = { Authorization = new("Bearer", Key) } };
            var last = default(Job);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await foreach (var seen in new ActorJobsClient(http).WatchJobAsync(receipt.Id, deadline.Token))
                last = seen;
            Assert.Equal("Completed", last?.State);
            await AllKnownAsync(new ActorJobsClient(http), deadline.Token);
        }
    }

    // a node lists the others as of its last beat: one that has only just started may have beaten before them
    private static async Task AllKnownAsync(ActorJobsClient client, CancellationToken deadline)
    {
        while ((await client.ListNodesAsync(deadline)).Items.Count != 3)
            await Task.Delay(50, deadline);
    }

    // ports do not tell cookies apart, and behind one address there is only one host
    private static async Task LogInAtOneHoldsAtAllAsync(ClusterScript script)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        using var stranger = await browser.GetAsync(new Uri(script.Nodes[1], "/jobs"));
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);

        var form = await browser.GetStringAsync(new Uri(script.Nodes[0], "/login"));
        var token = Token().Match(form).Groups["value"].Value;
        using var answer = await browser.PostAsync(
            new Uri(script.Nodes[0], "/login"), new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["key"] = Key }));
        Assert.True((int)answer.StatusCode is 302 or 303, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");

        foreach (var node in script.Nodes)
        {
            using var page = await browser.GetAsync(new Uri(node, "/jobs"));
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    private static async Task ConnectAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
