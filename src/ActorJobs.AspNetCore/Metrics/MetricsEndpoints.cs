namespace ActorJobs.AspNetCore;

/// <summary><c>GET /metrics</c>: everything this node measures, as Prometheus text. For viewers: queue names are nobody else's business.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this RouteGroupBuilder root)
    {
        // made now, not with the first scrape: what happened before that counts too
        _ = ((IEndpointRouteBuilder)root).ServiceProvider.GetRequiredService<MetricsCollection>();
        root.MapGet("/metrics", async (MetricsCollection metrics, CancellationToken cancellationToken) =>
            Results.Text(await metrics.CollectAsync(cancellationToken), PrometheusWriter.ContentType)).ExcludeFromDescription();
    }
}
