using System.Text.RegularExpressions;
using ActorJobs.Hocon.Configuration;
using ActorJobs.Hocon.Files;

namespace ActorJobs.Hocon.Tests.Configuration;

/// <summary>The files that are shipped with the node say what they promise.</summary>
public sealed partial class ShippedFilesTests
{
    private static readonly string Folder = FindFolder();

    [Fact]
    public void Every_key_of_the_reference_has_a_comment_with_its_default()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "reference.conf"));
        var settings = Enumerable.Range(0, lines.Length).Where(line => Setting().IsMatch(lines[line])).ToArray();
        Assert.True(settings.Length >= 14, "The expression below finds the settings.");
        Assert.All(settings, line => Assert.Contains("Default: ", CommentAbove(lines, line), StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_binds_to_options_as_if_nothing_were_set()
    {
        var bound = new ConfigurationBuilder().AddHoconFile(Path.Combine(Folder, "reference.conf")).Build().GetSection("ActorJobs").Get<Options>()!;
        Assert.Equal(64, bound.Shards);
        Assert.Empty(bound.Keys);
        Assert.Empty(bound.Queues);
        Assert.Null(bound.Node.Name);
        Assert.Empty(bound.Node.Roles);
    }

    [Fact]
    public void Lists_of_a_later_source_are_not_mixed_with_the_reference()
    {
        var bound = new ConfigurationBuilder()
            .AddHoconFile(Path.Combine(Folder, "reference.conf"))
            .AddInMemoryCollection([new("ActorJobs:Node:Roles:0", "work"), new("ActorJobs:Keys:0:Shards", "7")])
            .Build().GetSection("ActorJobs").Get<Options>()!;
        Assert.Equal(["work"], bound.Node.Roles);
        Assert.Equal(7, Assert.Single(bound.Keys).Shards);
    }

    [Fact]
    public void The_node_lays_its_settings_over_the_reference()
    {
        var values = Values("node.conf", new() { ["ACTORJOBS_DATA"] = "/var/lib/x.db" });
        Assert.Equal("/var/lib/x.db", values["ActorJobs:Sqlite:Path"]);
        Assert.Equal("64", values["ActorJobs:Shards"]);
        Assert.Equal("heavy", values["ActorJobs:Pools:heavy:Queues:0"]);
        Assert.Equal("2", values["ActorJobs:Pools:heavy:Size"]);
        Assert.Equal("36000", values["ActorJobs:Queues:mail:Capacity"]);
    }

    [Fact]
    public void The_cluster_takes_what_differs_from_the_environment()
    {
        var values = Values("cluster.conf", new() { ["ACTORJOBS_CLUSTER_SECRET"] = "s", ["ACTORJOBS_REDIS"] = "r:1" });
        Assert.Equal(("redis", "s", "r:1"), (values["ActorJobs:Store"], values["ActorJobs:Cluster:Secret"], values["ActorJobs:Redis:Connection"]));
    }

    [Fact]
    public void The_cluster_does_not_start_without_its_secret() =>
        Assert.Contains("${ACTORJOBS_CLUSTER_SECRET} has no value", Assert.Throws<HoconException>(() => Values("cluster.conf")).Problem, StringComparison.Ordinal);

    private static Dictionary<string, string?> Values(string file, Dictionary<string, string>? environment = null)
    {
        var path = Path.Combine(Folder, file);
        var root = HoconDocument.Load(path, new HoconFileReader(new DiskFiles()), name => environment?.GetValueOrDefault(name))!;
        return ConfigurationFlattener.Flatten(root, new(new HoconConfigurationSource { Path = path }.Names)).Values;
    }

    private static string CommentAbove(string[] lines, int line)
    {
        var first = line;
        while (first > 0 && lines[first - 1].TrimStart().StartsWith('#'))
            first--;
        return string.Join('\n', lines[first..line]);
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
        return Path.Combine(folder.FullName, "hocon");
    }

    [GeneratedRegex(@"^\s+[a-z-]+ = |^  (pools|queues|handlers) \{")]
    private static partial Regex Setting();

    private sealed class Options
    {
        public int Shards { get; set; }

        public IList<Options> Keys { get; } = [];

        public IDictionary<string, NodeOptions> Queues { get; } = new Dictionary<string, NodeOptions>();

        public NodeOptions Node { get; set; } = new();
    }

    private sealed class NodeOptions
    {
        public string? Name { get; set; }

        public IList<string> Roles { get; } = [];
    }
}
