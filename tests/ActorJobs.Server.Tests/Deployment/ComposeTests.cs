using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using YamlDotNet.RepresentationModel;
using static ActorJobs.Server.Tests.Deployment.Manifests;

namespace ActorJobs.Server.Tests.Deployment;

/// <summary>The files of Docker Compose agree with the repository and with what a node takes: tests have no Docker.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Nodes = ["node1", "node2", "node3"];

    private static readonly YamlNode Whole = Load("docker-compose.yml"), Sentinels = Load("docker-compose.sentinel.yml");

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("docker-compose.sentinel.yml")]
    public void Every_mounted_file_is_there_and_every_volume_is_declared(string file)
    {
        var compose = Load(file);
        var volumes = Map(compose, "volumes").Keys;
        Assert.All(Map(compose, "services"), service =>
        {
            foreach (var mount in Field(service.Value, "volumes") is YamlSequenceNode mounts ? mounts.Children.Select(mount => Defaulted(Text(mount))) : [])
            {
                var source = mount.Split(':')[0];
                if (source.StartsWith("./", StringComparison.Ordinal))
                    Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), $"{service.Key} mounts {source}, which is not there.");
                else
                    Assert.Contains(source, volumes);
            }
        });
    }

    [Fact]
    public void Whatever_is_waited_for_is_a_service_with_a_health_check()
    {
        var services = Map(Whole, "services").Concat(Map(Sentinels, "services")).ToLookup(service => service.Key, service => service.Value);
        var awaited = services.SelectMany(same => same).Select(service => Field(service, "depends_on")).OfType<YamlMappingNode>()
            .SelectMany(condition => condition.Children.Where(pair => Text(pair.Value, "condition") == "service_healthy")).Select(pair => Text(pair.Key)).Distinct().ToArray();

        Assert.Equal(["redis", "redis-replica", "sentinel1", "sentinel2", "sentinel3"], awaited.Order(StringComparer.Ordinal));
        Assert.All(awaited, name => Assert.Contains(services[name], service => Field(service, "healthcheck") is not null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_starts_with_the_settings(bool withSentinels)
    {
        var environment = Environment(withSentinels);
        foreach (var name in new[] { "ACTORJOBS_REDIS", "ACTORJOBS_SENTINEL", "ACTORJOBS_CLUSTER_SECRET" })
            System.Environment.SetEnvironmentVariable(name, environment.GetValueOrDefault(name));
        try
        {
            var settings = environment.Where(pair => pair.Key.Contains("__", StringComparison.Ordinal)).ToDictionary(pair => pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value);
            using var app = NodeApplication.Build([$"--hocon={Path.Combine(Repository.Root, "hocon", "cluster.conf")}"], settings);
            app.Services.GetRequiredService<IStartupValidator>().Validate();

            Assert.Equal("redis", app.Configuration[StoreChoice.Key]);
            Assert.Equal(withSentinels ? "sentinel1:26379,sentinel2:26379,sentinel3:26379" : "redis:6379", app.Configuration["ActorJobs:Redis:Connection"]);
            Assert.Equal(withSentinels ? "actorjobs" : null, app.Configuration["ActorJobs:Redis:Sentinel"]);
        }
        finally
        {
            // other tests read the same file: what they want of it they set themselves
            System.Environment.SetEnvironmentVariable("ACTORJOBS_REDIS", null);
            System.Environment.SetEnvironmentVariable("ACTORJOBS_SENTINEL", null);
        }
    }

    [Fact]
    public void Every_setting_of_a_node_is_one_of_the_reference()
    {
        var reference = new ConfigurationBuilder().AddHoconFile(Path.Combine(Repository.Root, "hocon", "reference.conf")).Build();
        var known = reference.AsEnumerable().Select(pair => pair.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var cluster = Repository.Read("hocon", "cluster.conf");
        Assert.All(Environment(withSentinels: true).Keys, name =>
        {
            if (name.Contains("__Keys__", StringComparison.Ordinal))
                Assert.Matches("^ActorJobs__Keys__[0-9]__(Name|Hash|Role)$", name);
            else if (name.Contains("__", StringComparison.Ordinal))
                Assert.Contains(name.Replace("__", ":", StringComparison.Ordinal), known);
            else
                Assert.Matches(@"\$\{\??" + name + @"\}", cluster);
        });
    }

    [Fact]
    public void Prometheus_asks_the_nodes_with_the_key_that_they_know_and_Grafana_asks_Prometheus()
    {
        var key = SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Root, "config", "prometheus", "trial.key")));
        var environment = Environment(withSentinels: false);
        Assert.Equal((Convert.ToHexStringLower(key), "viewer"), (environment["ActorJobs__Keys__1__Hash"], environment["ActorJobs__Keys__1__Role"]));

        var scrape = Assert.Single(Items(Load("config/prometheus/prometheus.yml"), "scrape_configs"));
        Assert.Equal(Nodes.Select(node => node + ":8080"), Items(scrape, "static_configs", 0, "targets").Select(target => Text(target)));
        Assert.Contains(Items(Service("prometheus"), "volumes"), mount => Text(mount).EndsWith($":{Text(scrape, "authorization", "credentials_file")}:ro", StringComparison.Ordinal));
        Assert.Contains(Items(Service("prometheus"), "volumes"), mount => Text(mount).Contains($"/{Text(Load("config/prometheus/prometheus.yml"), "rule_files", 0)}:ro", StringComparison.Ordinal));

        var source = Assert.Single(Items(Load("config/grafana/provisioning/datasources/prometheus.yml"), "datasources"));
        Assert.Equal(("http://prometheus:9090", "true"), (Text(source, "url"), Text(source, "isDefault")));
        var folder = Text(Load("config/grafana/provisioning/dashboards/actorjobs.yml"), "providers", 0, "options", "path");
        Assert.Contains(Items(Service("grafana"), "volumes"), mount => Text(mount) == $"./config/grafana/actorjobs.json:{folder}/actorjobs.json:ro");
        Assert.Equal(("monitoring", "monitoring"), (Text(Service("prometheus"), "profiles", 0), Text(Service("grafana"), "profiles", 0)));
    }

    [Fact]
    public void Nothing_is_published_but_on_loopback_and_the_Sentinels_agree_on_the_service()
    {
        Assert.All(
            Map(Whole, "services").Concat(Map(Sentinels, "services")).Select(service => Field(service.Value, "ports")).OfType<YamlSequenceNode>().SelectMany(ports => ports.Children),
            port => Assert.StartsWith("127.0.0.1:", Text(port), StringComparison.Ordinal));
        var service = Environment(withSentinels: true)["ACTORJOBS_SENTINEL"];
        Assert.Contains($"sentinel monitor {service} redis 6379 2", Repository.Read("config", "sentinel.conf"), StringComparison.Ordinal);
    }

    private static YamlNode Service(string name) => At(Whole, "services", name);

    /// <summary>The variables of a node as Compose makes them: defaults filled in, the second file over the first.</summary>
    private static Dictionary<string, string> Environment(bool withSentinels)
    {
        var variables = Map(Whole, "x-environment").ToDictionary(pair => pair.Key, pair => Defaulted(Text(pair.Value)));
        foreach (var (name, value) in Map(Whole, "services", Nodes[0], "environment").Where(pair => pair.Key != "<<"))
            variables[name] = Text(value);
        foreach (var (name, value) in withSentinels ? Map(Sentinels, "services", Nodes[0], "environment") : new Dictionary<string, YamlNode>())
            variables[name] = Text(value);
        return variables;
    }

    // ${NAME:-default}
    private static string Defaulted(string text) => Variable().Replace(text, "$1");

    private static YamlNode? Field(YamlNode node, string name) => Map(node).GetValueOrDefault(name);

    private static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read(file)));
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"\$\{[A-Z_]+:-([^}]*)\}")]
    private static partial Regex Variable();
}
