using System.Diagnostics.Metrics;
using ActorJobs.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Adds up what the meters of this application measure, from the start on, for <c>/metrics</c>. By OpenTelemetry's own aggregation, which bounds the
/// series of each instrument.
/// </summary>
internal sealed class MetricsCollection : IDisposable
{
    private static readonly string[] Meters =
    [
        "ActorJobs", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
    ];

    private static readonly TimeSpan RefreshDeadline = TimeSpan.FromSeconds(2);
    private const int CollectMilliseconds = 5_000;

    private readonly PrometheusExporter exporter = new();
    private readonly SemaphoreSlim gate = new(1); // guards exporter: one collection at a time
    private readonly NodeGauges? gauges;
    private readonly TimeProvider time;
    private readonly Task<MeterProvider> listening; // made beside the rest of the start, of which it would be a twentieth

    public MetricsCollection(IMeterFactory factory, TimeProvider time, NodeGauges? gauges = null)
    {
        (this.gauges, this.time) = (gauges, time);
        listening = Task.Run(() => Sdk.CreateMeterProviderBuilder()
            .AddMeter(Meters)
            .AddView(instrument => IsOwn(instrument, factory) ? null : MetricStreamConfiguration.Drop)
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build());
    }

    /// <summary>All metrics as Prometheus text.</summary>
    public async ValueTask<string> CollectAsync(CancellationToken cancellationToken)
    {
        await listening.WaitAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
        await gate.WaitAsync(cancellationToken);
        try
        {
            exporter.Collect?.Invoke(CollectMilliseconds);
            return exporter.Text;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        listening.GetAwaiter().GetResult().Dispose();
        gate.Dispose();
    }

    // metrics are wanted most when the store is away: without new counts, the rest is still told
    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (gauges is null)
            return;
        using var deadline = new CancellationTokenSource(RefreshDeadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await gauges.RefreshAsync(both.Token).AsTask().WaitAsync(both.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    // several applications in one process, as in tests, have meters of the same names; the runtime's belong to all
    private static bool IsOwn(Instrument instrument, IMeterFactory factory) =>
        instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, factory);
}
