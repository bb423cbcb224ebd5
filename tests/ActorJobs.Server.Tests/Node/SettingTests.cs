using System.Net;
using ActorJobs.AspNetCore;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>A node tells which settings are in force and where each comes from, and no secrets.</summary>
public sealed class SettingTests
{
    private const string Secret = "do-not-show-this-anywhere";

    private const string File = """
        include required("shared.conf")
        actorjobs {
          pools.default.size = ${?A_VARIABLE_THAT_IS_NOT_SET}
          pools.default.size = 7

          scraping.model { endpoint = "http://127.0.0.1:9/v1", name = small, api-key = do-not-show-this-anywhere }
          telemetry.otlp = "http://user:do-not-show-this-anywhere@127.0.0.1:9"
        }
        """;

    [Fact]
    public async Task Each_setting_says_where_it_comes_from()
    {
        await using var node = new NodePlace();
        node.Write("node.conf", File);
        node.Write("shared.conf", "actorjobs.shutdown.deadline = 3 seconds\n");
        node.Write("appsettings.json", """{"ActorJobs":{"Audit":{"MaxEntries":5000}}}""");
        var url = await node.Run(
            ["--urls=http://127.0.0.1:0", "--hocon=node.conf", "--ActorJobs:Store=memory", $"--contentRoot={node.Folder}"],
            new Dictionary<string, string> { ["ActorJobs__Conversations__AppSecret"] = Secret, ["ACTORJOBS__AUDIT__RETENTION"] = "PT48H" }).ReadyAsync();
        using var http = new HttpClient { BaseAddress = url };
        var client = new ActorJobsClient(http);

        var settings = (await client.ListSettingsAsync()).Items.ToDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);

        string InFolder(string place) => Path.Combine(node.Folder, place);
        Assert.Equal(("7", "file", InFolder("node.conf:4")), Of("ActorJobs:Pools:default:Size"));
        Assert.Equal(("3 seconds", "file", InFolder("shared.conf:1")), Of("ActorJobs:Shutdown:Deadline"));
        Assert.Equal(("5000", "file", InFolder("appsettings.json")), Of("ActorJobs:Audit:MaxEntries"));
        Assert.Equal(("PT48H", "environment", "ACTORJOBS__AUDIT__RETENTION"), Of("ActorJobs:Audit:Retention"));
        Assert.Equal(("memory", "command line", "--actorjobs:store"), (settings["ActorJobs:Store"].Value, settings["ActorJobs:Store"].Source, settings["ActorJobs:Store"].Place?.ToLowerInvariant()));
        Assert.Equal(("64", "default"), (settings["ActorJobs:Shards"].Value, settings["ActorJobs:Shards"].Source));
        Assert.Matches(@"reference\.conf:[0-9]+$", settings["ActorJobs:Shards"].Place);
        Assert.Equal((null, "default"), (settings["ActorJobs:Cluster:Secret"].Value, settings["ActorJobs:Cluster:Secret"].Source));
        Assert.Equal(("***", "environment", "ActorJobs__Conversations__AppSecret"), Of("ActorJobs:Conversations:AppSecret"));
        Assert.Equal(("***", "file", InFolder("node.conf:6")), Of("ActorJobs:Scraping:Model:ApiKey"));
        Assert.Equal("small", settings["ActorJobs:Scraping:Model:Name"].Value);
        Assert.Equal("http://***@127.0.0.1:9", settings["ActorJobs:Telemetry:Otlp"].Value);
        Assert.DoesNotContain("PATH", settings.Keys);
        Assert.DoesNotContain(Secret, await http.GetStringAsync("api/v1/configuration"), StringComparison.Ordinal);
        Assert.All((await client.ListSettingsAsync("actorjobs:audit")).Items, setting => Assert.StartsWith("ActorJobs:Audit", setting.Key, StringComparison.OrdinalIgnoreCase));

        (string? Value, string Source, string? Place) Of(string key) => (settings[key].Value, settings[key].Source, settings[key].Place);
    }

    [Fact]
    public async Task Without_starting_a_node_its_settings_are_shown_and_all_that_is_wrong_with_them()
    {
        await using var node = new NodePlace();
        node.Write("node.conf", "actorjobs { cluster.lease = soon, redis.connection = \"r:1,password=do-not-show-this-anywhere\", shards = 0 }\n");
        var process = node.Run(["config", "--hocon=node.conf"]);

        Assert.Equal(StartFailure.WrongSettings, await process.ExitCodeAsync());

        Assert.Contains($"cluster:lease = soon  # file {Path.Combine(node.Folder, "node.conf")}:1", process.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("redis:connection = r:1,password=***  # file", process.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Cluster:Lease", process.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Shards", process.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(Path.Combine(node.Folder, "data")));
    }

    [Fact]
    public async Task Viewers_do_not_see_settings()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        foreach (var (key, status) in new[] { (TestKeys.Viewer, HttpStatusCode.Forbidden), (TestKeys.Operator, HttpStatusCode.OK) })
        {
            using var http = host.NewHttp(("Authorization", $"Bearer {key}"));
            Assert.Equal(status, (await http.GetAsync("/api/v1/configuration")).StatusCode);
        }
    }

    [Theory]
    [InlineData("ActorJobs:Cluster:Secret", "x", "***")]
    [InlineData("ACTORJOBS:CONVERSATIONS:APPSECRET", "x", "***")]
    [InlineData("ActorJobs:Keys:0:Hash", "ab12", "***")]
    [InlineData("ActorJobs:Keys:0:Name", "ci", "ci")]
    [InlineData("ActorJobs:Documents:Embedders:openai:Key", "sk-1", "***")]
    [InlineData("ActorJobs:scraping:model:api-key", "sk-1", "***")]
    [InlineData("ActorJobs:Scraping:ProductToken", "Bot", "Bot")]
    [InlineData("ActorJobs:Scraping:Model:MaxTokens", "800", "800")]
    [InlineData("ActorJobs:Conversations:CloudApi:AccessToken", "x", "***")]
    [InlineData("ActorJobs:SessionKeys", "/shared/keys", "/shared/keys")]
    [InlineData("ActorJobs:Redis:Connection", "a:1,Password = p,ssl=true", "a:1,Password = ***,ssl=true")]
    [InlineData("ActorJobs:Scraping:Proxies:0", "http://me:pw@proxy:3128", "http://***@proxy:3128")]
    [InlineData("ActorJobs:Queues:mail:KeyRate", "5/s", "5/s")]
    [InlineData("ActorJobs:Handlers:post:Headers:Authorization", "Bearer x", "***")]
    [InlineData("Kestrel:Certificates:Default:Password", "x", "***")]
    [InlineData("ActorJobs:Cluster:Secret", null, null)]
    public void Secrets_are_masked_by_name_and_form(string key, string? value, string? shown) => Assert.Equal(shown, SecretSettings.Show(key, value));
}
