using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorJobs.Server.Tests.Telemetry;

/// <summary>Prometheus' text format, read as strictly as its specification has it: what does not fit fails the test.</summary>
internal sealed partial class PrometheusText
{
    private static readonly string[] KnownTypes = ["counter", "gauge", "histogram"];

    private readonly List<Sample> samples = [];

    /// <summary>The types by metric name.</summary>
    public Dictionary<string, string> Types { get; } = [];

    public IReadOnlyList<Sample> Samples => samples;

    public IEnumerable<string> Names => samples.Select(sample => sample.Name).Distinct();

    public static PrometheusText Parse(string text)
    {
        Assert.EndsWith("\n", text);
        var read = new PrometheusText();
        foreach (var line in text.Split('\n')[..^1])
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                continue;
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                Assert.Contains(parts[3], KnownTypes);
                Assert.True(read.Types.TryAdd(parts[2], parts[3]), $"{parts[2]} is there twice.");
                continue;
            }

            var match = Line().Match(line);
            Assert.True(match.Success, $"No sample: {line}");
            var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value);
            var value = match.Groups["value"].Value is "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
            read.samples.Add(new Sample(match.Groups["name"].Value, labels, value));
        }

        read.CheckTypes();
        return read;
    }

    /// <summary>The sum of a name's samples that have all of these labels.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))
        .Sum(sample => sample.Value);

    private void CheckTypes()
    {
        foreach (var sample in samples)
        {
            var family = Types.ContainsKey(sample.Name) ? sample.Name : Suffix().Replace(sample.Name, "");
            Assert.True(Types.TryGetValue(family, out var type), $"{sample.Name} has no type.");
            Assert.Equal(type == "histogram", family != sample.Name);
        }

        Assert.Equal(samples.Count, samples.Select(sample => sample.Name + string.Join(',', sample.Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal))).Distinct().Count());
    }

    public sealed record Sample(string Name, Dictionary<string, string> Labels, double Value);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*)\})? (?<value>[+-]?Inf|NaN|[-+0-9.eE]+)$""")]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\\n]|\\["\\n])*)"(,|$)""")]
    private static partial Regex Label();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
