using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ActorJobs.AspNetCore;

/// <summary>Turns what a collection brings into Prometheus text. Pulled: it does nothing until somebody asks.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    /// <summary>Set by the reader: collects, which ends in <see cref="Export"/>.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The last collection.</summary>
    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var writer = new PrometheusWriter();
        foreach (var metric in batch)
            writer.Write(metric);
        Text = writer.ToString();
        return ExportResult.Success;
    }
}
