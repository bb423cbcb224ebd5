using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Server;

/// <summary>Where traces and metrics are sent, beside <c>/metrics</c>.</summary>
[ClosedSettings]
public sealed class TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Telemetry";

    /// <summary>
    /// A collector that takes OTLP over HTTP, for instance <c>http://127.0.0.1:4318</c>. Default: none, unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
    /// </summary>
    public string? Otlp { get; set; }

    /// <summary>The share of traces that are recorded, among those begun here; a caller's trace is recorded when the caller records it. Default: 1.</summary>
    [Range(0.0, 1.0)]
    public double Sample { get; set; } = 1;
}
