using System.Text.Json;
using ActorJobs.AspNetCore;
using ActorJobs.Cluster;

namespace ActorJobs.Workloads.Documents;

/// <summary>What other nodes ask about versions. Guarded by the cluster's secret alone: people have no business here.</summary>
internal static class DocumentPeerEndpoints
{
    private const int MaxBody = 64 * 1024;

    public static void MapDocumentPeers(this RouteGroupBuilder root)
    {
        root.MapPost(DocumentPeers.Path + DocumentPeers.Served, ServedAsync).AllowEverybody().DisableAntiforgery();
        root.MapPost(DocumentPeers.Path + DocumentPeers.Announce, AnnounceAsync).AllowEverybody().DisableAntiforgery();
        root.MapPost(DocumentPeers.Path + DocumentPeers.File, FileAsync).AllowEverybody().DisableAntiforgery();
    }

    private static async Task<IResult> ServedAsync(HttpContext context, ClusterSignature signature, IClusterNodes cluster, IndexCatalog catalog, VersionAnnouncer announcer) =>
        await ReadAsync<JsonElement?>(DocumentPeers.Served, context, signature, cluster) is null
            ? Results.Unauthorized()
            : Results.Json(catalog.List().Select(index => announcer.Served(index.Name)).OfType<VersionAnnouncement>().ToArray(), JobJson.Options);

    private static async Task<IResult> AnnounceAsync(
        HttpContext context, ClusterSignature signature, IClusterNodes cluster, VersionFetcher fetcher, CancellationToken cancellationToken)
    {
        if (await ReadAsync<VersionAnnouncement>(DocumentPeers.Announce, context, signature, cluster) is not { } announced)
            return Results.Unauthorized();
        var self = cluster.Peers!.Node;
        try
        {
            var fetched = await fetcher.TakeAsync(context.Request.Headers["ActorJobs-From"].ToString(), announced, cancellationToken);
            return Results.Json(
                new NodeSwap(self, fetched is not null, fetched == true, fetched is null ? "a version that was put in service later is served" : null), JobJson.Options);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or HttpRequestException or UnauthorizedAccessException or PermanentJobException)
        {
            return Results.Json(new NodeSwap(self, false, false, exception.Message), JobJson.Options);
        }
    }

    private static async Task<IResult> FileAsync(HttpContext context, ClusterSignature signature, IClusterNodes cluster, IndexCatalog catalog)
    {
        if (await ReadAsync<VersionFileRequest>(DocumentPeers.File, context, signature, cluster) is not { } request)
            return Results.Unauthorized();
        if (catalog.Find(request.Index) is null || !VersionFetcher.IsKnown(request.File))
            return Results.NotFound();
        var path = Path.GetFullPath(Path.Combine(catalog.Layout(request.Index).Version(request.Version), request.File));
        return File.Exists(path) ? Results.File(path, "application/octet-stream") : Results.NotFound();
    }

    /// <summary>The body of a call that a node of this cluster has made to this one; null when it is none.</summary>
    private static async Task<T?> ReadAsync<T>(string operation, HttpContext context, ClusterSignature signature, IClusterNodes cluster)
    {
        if (context.Request.ContentLength is null or > MaxBody || cluster.Peers is not { } self || context.Request.Headers["ActorJobs-Node"] != self.Node)
            return default;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return signature.Verifies(context.Request.Headers[ClusterSignature.Header], DocumentPeers.Signed(operation), buffer.ToArray())
            ? JsonSerializer.Deserialize<T>(buffer.ToArray(), JobJson.Options)
            : default;
    }
}
