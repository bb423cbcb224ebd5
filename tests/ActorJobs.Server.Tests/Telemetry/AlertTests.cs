using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActorJobs.AspNetCore;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Telemetry;

/// <summary>Alerts and dashboard name only metrics that a node has, and every alert has a runbook.</summary>
public sealed partial class AlertTests
{
    private static readonly string Alerts = File.ReadAllText(Path.Combine(Repository.Root, "config", "prometheus", "alerts.yml"));
    private static readonly string Dashboard = File.ReadAllText(Path.Combine(Repository.Root, "config", "grafana", "actorjobs.json"));

    [Fact]
    public async Task Every_metric_that_is_named_exists()
    {
        var known = await KnownAsync();

        var expressions = Alert().Matches(Alerts).Select(match => match.Groups["expr"].Value).Concat(Queries()).ToArray();
        var named = expressions.SelectMany(expression => Metric().Matches(expression)).Select(match => match.Value).Distinct().ToArray();

        Assert.True(expressions.Length > 40 && named.Length > 20, $"{expressions.Length} expressions name {named.Length} metrics.");
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_every_runbook_an_alert()
    {
        var alerts = Name().Matches(Alerts).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal).ToArray();
        var runbooks = Heading().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"))).Select(match => match.Groups["name"].Value);

        Assert.True(alerts.Length > 10);
        Assert.Equal(alerts, runbooks.Order(StringComparer.Ordinal));
        Assert.All(alerts, alert => Assert.Contains($"runbook: docs/operations.md#{alert.ToLowerInvariant()}\n", Alerts, StringComparison.Ordinal));
    }

    // what a working node shows, and of the instruments that have measured nothing yet, the names they will have
    private static async Task<HashSet<string>> KnownAsync()
    {
        var known = new HashSet<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => NoteInstrument(instrument, known) };
        await using var host = await EngineHost.StartAsync();
        listener.Start();
        await host.EndOfAsync((await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1))).Id);
        var metrics = PrometheusText.Parse(await host.Http.GetStringAsync("metrics"));
        Assert.Contains("http_server_request_duration_seconds_bucket", metrics.Names);
        lock (known)
            return [.. known, .. metrics.Names];
    }

    private static void NoteInstrument(Instrument instrument, HashSet<string> known)
    {
        if (instrument.Meter.Name != "ActorJobs")
            return;
        var type = instrument.GetType().Name;
        var name = PrometheusName.Of(instrument.Name, instrument.Unit, type.StartsWith("Counter", StringComparison.Ordinal));
        lock (known)
            known.UnionWith(type.StartsWith("Histogram", StringComparison.Ordinal) ? [name + "_bucket", name + "_sum", name + "_count"] : [name]);
    }

    private static IEnumerable<string> Queries() => JsonElement.Parse(Dashboard).GetProperty("panels").EnumerateArray()
        .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray().Select(target => target.GetProperty("expr").GetString()!) : []);

    [GeneratedRegex(@"expr: \|\n(?<expr>(          .*\n)+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"\b(actorjobs|messaging|http)_[a-z_]+\b(?!=)(?=[{\[\s)>=<]|$)(?<!messaging_destination_name)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"- alert: (?<name>\w+)")]
    private static partial Regex Name();

    [GeneratedRegex(@"^### (?<name>ActorJobs\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
