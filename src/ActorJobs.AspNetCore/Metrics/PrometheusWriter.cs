using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ActorJobs.AspNetCore;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new(16 * 1024);
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    /// <summary>A metric with all its series. One of a name that is written already, by another meter, is left out: a name may stand there once.</summary>
    public void Write(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = PrometheusName.Of(metric.Name, metric.Unit, isCounter);
        if (metric.MetricType == MetricType.ExponentialHistogram || !written.Add(name))
            return;
        var type = isCounter ? "counter" : metric.MetricType == MetricType.Histogram ? "histogram" : "gauge";
        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description, isLabel: false)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
            Write(name, metric.MetricType, in point);
    }

    public override string ToString() => text.ToString();

    private void Write(string name, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point.Tags);
        if (type == MetricType.Histogram)
        {
            WriteHistogram(name, labels, in point);
            return;
        }

        Line(name, "", labels, null, type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
            MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
            _ => Number(point.GetGaugeLastValueDouble()),
        });
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        long upToHere = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            upToHere += bucket.BucketCount;
            Line(name, "_bucket", labels, Number(bucket.ExplicitBound), Number(upToHere));
        }

        Line(name, "_sum", labels, null, Number(point.GetHistogramSum()));
        Line(name, "_count", labels, null, Number(point.GetHistogramCount()));
    }

    private void Line(string name, string suffix, string labels, string? upTo, string value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0 || upTo is not null)
        {
            text.Append('{').Append(labels);
            if (upTo is not null)
                text.Append(labels.Length > 0 ? "," : "").Append("le=\"").Append(upTo).Append('"');
            text.Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            labels.Append(labels.Length > 0 ? "," : "").Append(PrometheusName.Sanitize(key)).Append("=\"")
                .Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", isLabel: true)).Append('"');
        }

        return labels.ToString();
    }

    private static string Escape(string value, bool isLabel)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isLabel ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
