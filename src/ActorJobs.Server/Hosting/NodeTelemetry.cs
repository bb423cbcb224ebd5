using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ActorJobs.Server;

/// <summary>Sends traces and metrics to a collector while the node runs. Without a collector nothing listens, and traces cost nothing.</summary>
internal sealed class NodeTelemetry(IOptions<TelemetryOptions> options, IConfiguration configuration, NodeStatus node) : IHostedService, IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int FlushMilliseconds = 3_000;

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (EndpointOf(options.Value.Otlp ?? configuration[EndpointVariable]) is not { } endpoint)
            return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("actorjobs", serviceInstanceId: node.Name);
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Value.Sample)))
            .AddSource("ActorJobs", "Microsoft.AspNetCore", "System.Net.Http")
            .AddOtlpExporter(otlp => Send(otlp, endpoint, "v1/traces"))
            .Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("ActorJobs", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter(otlp => Send(otlp, endpoint, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces?.ForceFlush(FlushMilliseconds);
        metrics?.ForceFlush(FlushMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    private static Uri? EndpointOf(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var endpoint) ? endpoint : null;

    private static void Send(OtlpExporterOptions otlp, Uri endpoint, string path)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}
