using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorJobs.Cluster.Tests.OneCommand;

/// <summary>
/// What the Compose specification says of the parts that <c>docker-compose.yml</c> uses, and what the file promises, since tests have no Docker.
/// </summary>
public sealed partial class ComposeFileTests
{
    // of the Compose specification, as far as the file may use them
    private static readonly string[] ServiceKeys =
    [
        "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "ports", "read_only", "restart", "security_opt", "stop_grace_period",
        "tmpfs", "volumes",
    ];

    private static readonly string[] HealthKeys = ["test", "interval", "timeout", "retries", "start_period"];

    private readonly ComposeFile file = new(File.ReadAllText(Repository.PathOf("docker-compose.yml")));

    [Fact]
    public void Every_key_is_one_of_the_specification()
    {
        Assert.All(file.Root.Keys, key => Assert.True(key is "services" or "volumes" || key.StartsWith("x-", StringComparison.Ordinal), key));
        foreach (var (name, service) in Services)
        {
            Assert.Empty(service.Keys.Except(ServiceKeys).Select(key => $"{name}: {key}"));
            Assert.Empty(ComposeFile.Map(service["healthcheck"]).Keys.Except(HealthKeys));
            Assert.True(service.ContainsKey("image") || service.ContainsKey("build"), name);
        }
    }

    [Fact]
    public void Redis_and_three_nodes_are_checked_and_nodes_wait_for_Redis()
    {
        Assert.Equal(["node1", "node2", "node3", "redis"], Services.Keys.Order(StringComparer.Ordinal));
        foreach (var service in Services.Values)
        {
            var health = ComposeFile.Map(service["healthcheck"]);
            Assert.Equal("CMD", ComposeFile.List(health["test"])[0]);
            Assert.Matches("^[0-9]+s$", (string)health["interval"]);
            Assert.InRange(int.Parse((string)health["retries"], CultureInfo.InvariantCulture), 1, 100);
        }

        Assert.All(Nodes(), node => Assert.Equal("service_healthy", ComposeFile.Map(ComposeFile.Map(node["depends_on"])["redis"])["condition"]));
    }

    [Fact]
    public void Ports_are_published_on_loopback_and_none_twice()
    {
        var ports = Nodes().SelectMany(node => ComposeFile.List(node["ports"])).ToArray();
        Assert.Equal(["127.0.0.1:8081:8080", "127.0.0.1:8082:8080", "127.0.0.1:8083:8080"], ports.Order(StringComparer.Ordinal));
        Assert.False(Services["redis"].ContainsKey("ports"), "Redis has no business outside.");
    }

    [Fact]
    public void Volumes_are_declared_and_mounted_files_are_there()
    {
        var declared = ComposeFile.Map(file.Root["volumes"]).Keys.ToArray();
        foreach (var mount in Services.Values.SelectMany(service => ComposeFile.List(service["volumes"])).Select(mount => mount.Split(':')[0]))
            Assert.True(mount.StartsWith('.') ? File.Exists(Repository.PathOf(mount)) : declared.Contains(mount), mount);
    }

    [Fact]
    public void Nodes_give_the_shared_file_what_it_asks_for_and_differ_by_name_and_address_alone()
    {
        var asked = Substitution().Matches(File.ReadAllText(Repository.PathOf("hocon", "cluster.conf"))).ToLookup(
            match => match.Groups["name"].Value, match => match.Groups["optional"].Success);
        foreach (var node in Nodes())
        {
            Assert.Equal(["--hocon=hocon/cluster.conf"], ComposeFile.List(node["command"]));
            var given = ComposeFile.Map(node["environment"]);
            Assert.Empty(asked.Where(name => name.Contains(false)).Select(name => name.Key).Except(given.Keys));
            Assert.Empty(given.Keys.Where(name => name.StartsWith("ACTORJOBS_", StringComparison.Ordinal)).Except(asked.Select(name => name.Key)));
            Assert.Equal($"http://{given["ACTORJOBS_NODE"]}:8080", given["ACTORJOBS_URL"]);
        }

        Assert.Equal(3, Nodes().Select(node => ComposeFile.Map(node["environment"])["ACTORJOBS_NODE"]).Distinct().Count());
        Assert.Single(Nodes().Select(node => string.Join(';', ComposeFile.Map(node["environment"]).Where(pair => pair.Key is not ("ACTORJOBS_NODE" or "ACTORJOBS_URL")))).Distinct());
    }

    [Fact]
    public void Redis_keeps_what_it_is_told_and_throws_nothing_away()
    {
        var settings = File.ReadLines(Repository.PathOf("config", "redis.conf")).ToArray();
        Assert.Contains("appendonly yes", settings);
        Assert.Contains("appendfsync everysec", settings);
        Assert.Contains("maxmemory-policy noeviction", settings);
        Assert.Contains("/etc/redis/redis.conf", ComposeFile.List(Services["redis"]["command"]));
    }

    // those that start without being asked for by a profile; of the others the node's own tests know
    private Dictionary<string, IReadOnlyDictionary<string, object>> Services =>
        file.Services.Where(service => !service.Value.ContainsKey("profiles")).ToDictionary(StringComparer.Ordinal);

    private IEnumerable<IReadOnlyDictionary<string, object>> Nodes() => Services.Where(service => service.Key != "redis").Select(service => service.Value);

    [GeneratedRegex(@"\$\{(?<optional>\?)?(?<name>ACTORJOBS_\w+)\}")]
    private static partial Regex Substitution();
}
