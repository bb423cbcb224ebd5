using ActorJobs.Cluster;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorJobs.AspNetCore;

/// <summary>What other nodes call. Guarded by the cluster's secret alone: people have no business here.</summary>
internal static class ClusterEndpoints
{
    private const int MaxBodyBytes = 64 << 20;

    /// <summary>Memory given on a caller's word that much will come, before anything came: who calls is not known until the whole body was read.</summary>
    private const int MaxTrusted = 64 << 10;

    public static void MapCluster(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/cluster/v1/{operation}", CallAsync)
        .WithMetadata(new BodyLimit())
        .ExcludeFromDescription();

    private static async Task<IResult> CallAsync(
        string operation, HttpContext context, IClusterNodes cluster, ClusterSignature signature, CancellationToken cancellationToken)
    {
        if (cluster.Peers is not { } peers || peers.Find(operation) is not { } call)
            return TypedResults.NotFound();
        var body = await ReadAsync(context.Request, cancellationToken);
        if (!signature.Verifies(context.Request.Headers[ClusterSignature.Header], operation, body.Span))
            return TypedResults.Unauthorized();
        if (context.Request.Headers["ActorJobs-Node"] != peers.Node)
            return TypedResults.StatusCode(StatusCodes.Status421MisdirectedRequest);
        return new BinaryResult(await call(body, cancellationToken));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, MaxTrusted));
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxBodyBytes;
    }

    private sealed class BinaryResult(ReadOnlyMemory<byte> body) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = body.Length;
            return context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
        }
    }
}
