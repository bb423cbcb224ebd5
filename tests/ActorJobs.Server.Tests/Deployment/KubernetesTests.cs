using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using YamlDotNet.RepresentationModel;
using static ActorJobs.Server.Tests.Deployment.Manifests;

namespace ActorJobs.Server.Tests.Deployment;

/// <summary>The manifests agree with one another, with the image, and with what a node takes and serves: tests have no Kubernetes.</summary>
public sealed class KubernetesTests
{
    private const string Name = "actorjobs";

    private static readonly Dictionary<string, string> Versions = new()
    {
        ["ConfigMap"] = "v1",
        ["Secret"] = "v1",
        ["PersistentVolumeClaim"] = "v1",
        ["Service"] = "v1",
        ["PodDisruptionBudget"] = "policy/v1",
        ["Deployment"] = "apps/v1",
    };

    private readonly Manifests manifests = new(Path.Combine(Repository.Root, "config", "kubernetes", "actorjobs.yaml"));

    private YamlNode Pod => At(manifests["Deployment"], "spec", "template", "spec");

    private YamlNode Container => Assert.Single(Items(Pod, "containers"));

    [Fact]
    public void Every_document_has_the_version_of_its_kind_and_the_label_that_selectors_ask_for()
    {
        Assert.Equal(Versions.Keys.Order(StringComparer.Ordinal), manifests.Kinds.Order(StringComparer.Ordinal));
        Assert.All(manifests.Kinds, kind =>
        {
            Assert.Equal(Versions[kind], Text(manifests[kind], "apiVersion"));
            Assert.Equal(Name, Text(manifests[kind], "metadata", "labels", "app.kubernetes.io/name"));
        });
        Assert.Equal(Name, Text(manifests["Deployment"], "spec", "template", "metadata", "labels", "app.kubernetes.io/name"));
        Assert.Equal(Name, Text(manifests["Deployment"], "spec", "selector", "matchLabels", "app.kubernetes.io/name"));
        Assert.Equal(Name, Text(manifests["PodDisruptionBudget"], "spec", "selector", "matchLabels", "app.kubernetes.io/name"));
        Assert.Equal(Name, Text(manifests["Service"], "spec", "selector", "app.kubernetes.io/name"));
    }

    [Fact]
    public async Task Probes_ask_for_what_a_node_serves_at_the_port_of_the_image()
    {
        var port = Items(Container, "ports").Single(item => Text(item, "name") == "http");
        Assert.Equal(Image("EXPOSE (?<value>[0-9]+)"), Text(port, "containerPort"));
        Assert.Equal("http", Text(manifests["Service"], "spec", "ports", 0, "targetPort"));
        Assert.EndsWith($":{Text(port, "containerPort")}", Variables()["ACTORJOBS_URL"], StringComparison.Ordinal);
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);
        foreach (var (probe, path) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
        {
            Assert.Equal(("http", path), (Text(Container, probe, "httpGet", "port"), Text(Container, probe, "httpGet", "path")));
            Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(path)).StatusCode); // without a key
        }
    }

    [Fact]
    public void A_node_starts_with_the_settings_and_has_time_to_leave()
    {
        using var app = NodeApplication.Build([Settings()], Environment());
        app.Services.GetRequiredService<IStartupValidator>().Validate();

        var deadline = app.Services.GetRequiredService<IOptions<ActorJobsOptions>>().Value.Shutdown.Deadline;
        var pause = int.Parse(Text(Container, "lifecycle", "preStop", "exec", "command", 1), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Number(Pod, "terminationGracePeriodSeconds") >= pause + deadline.TotalSeconds + 15);
        Assert.Equal("redis", app.Configuration[StoreChoice.Key]);
    }

    [Fact]
    public void The_placeholder_of_the_secret_starts_no_node()
    {
        var placeholders = Environment();
        placeholders["ActorJobs:Cluster:Secret"] = Text(manifests["Secret"], "stringData", "cluster-secret");
        using var app = NodeApplication.Build([Settings()], placeholders);

        Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public void What_is_referred_to_is_there()
    {
        foreach (var variable in Items(Container, "env").Where(variable => Map(variable).ContainsKey("valueFrom")))
        {
            var from = Map(variable, "valueFrom");
            if (from.TryGetValue("secretKeyRef", out var secret))
                Assert.Contains(Text(secret, "key"), Map(manifests["Secret"], "stringData").Keys);
            else
                Assert.True(Text(from["fieldRef"], "fieldPath") is "metadata.name" or "status.podIP");
        }

        Assert.Equal("--hocon=/etc/actorjobs/node.conf", Text(Container, "args", 0));
        Assert.Contains("node.conf", Map(manifests["ConfigMap"], "data").Keys);
        Assert.Equal(Items(Pod, "volumes").Select(volume => Text(volume, "name")).Order(StringComparer.Ordinal), Items(Container, "volumeMounts").Select(mount => Text(mount, "name")).Order(StringComparer.Ordinal));
        Assert.Equal(Text(manifests["PersistentVolumeClaim"], "metadata", "name"), Text(Items(Pod, "volumes").Single(volume => Text(volume, "name") == "shared"), "persistentVolumeClaim", "claimName"));
    }

    [Fact]
    public void The_process_has_no_rights_but_to_write_in_its_folders()
    {
        Assert.Equal("true", Text(Pod, "securityContext", "runAsNonRoot"));
        Assert.Equal("false", Text(Container, "securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("true", Text(Container, "securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("ALL", Text(Container, "securityContext", "capabilities", "drop", 0));
        var written = Items(Container, "volumeMounts").Where(mount => !Map(mount).ContainsKey("readOnly")).Select(mount => Text(mount, "mountPath")).ToArray();
        Assert.All(Image("RUN mkdir (?<value>[a-z ]+) &&").Split(' '), folder => Assert.Contains($"/app/{folder}", written));
    }

    /// <summary>The file of the config map, with the image's file that it includes read from the repository.</summary>
    private string Settings()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("actorjobs-manifests-").FullName, "node.conf");
        var text = Text(manifests["ConfigMap"], "data", "node.conf");
        Assert.Contains("/app/hocon/cluster.conf", text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace("/app/hocon", Path.Combine(Repository.Root, "hocon"), StringComparison.Ordinal));
        // the shared file asks for it while it is read, on purpose without a default
        System.Environment.SetEnvironmentVariable("ACTORJOBS_CLUSTER_SECRET", "sixteen characters");
        return $"--hocon={file}";
    }

    /// <summary>What the container's variables come to, as settings.</summary>
    private Dictionary<string, string?> Environment() => Variables().Where(variable => variable.Key.Contains("__", StringComparison.Ordinal))
        .ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => (string?)variable.Value);

    private Dictionary<string, string> Variables() => Items(Container, "env").ToDictionary(
        variable => Text(variable, "name"),
        variable => Map(variable).ContainsKey("value") ? Text(variable, "value")
            : Map(variable, "valueFrom").TryGetValue("secretKeyRef", out var secret) ? Text(manifests["Secret"], "stringData", Text(secret, "key"))
            : "");

    private static string Image(string pattern) => Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile")), pattern).Groups["value"].Value;
}
