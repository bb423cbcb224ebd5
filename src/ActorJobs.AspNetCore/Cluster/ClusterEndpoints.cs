using ActorJobs.Cluster;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorJobs.AspNetCore;

/// <summary>What other nodes call. Guarded by the cluster's secret alone: people have no business here.</summary>
internal static class ClusterEndpoints
{
    private const int MaxBodyBytes = 64 << 20;

    public static void MapCluster(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/cluster/v1/{operation}", CallAsync)
        .WithMetadata(new BodyLimit())
        .ExcludeFromDescription();

    private static async Task<IResult> CallAsync(
        string operation, HttpContext context, IClusterNodes cluster, ClusterSignature signature, PeerAdmission admission, CancellationToken cancellationToken)
    {
        if (cluster.Peers is not { } peers || peers.Find(operation) is not { } call)
            return TypedResults.NotFound();
        var signed = context.Request.Headers[ClusterSignature.Header];
        if (context.Request.ContentLength is not (>= 0 and <= MaxBodyBytes and var length) || !signature.VerifiesHead(signed, operation, length))
            return TypedResults.Unauthorized(); // before anything is read: strangers cost no memory
        using var admitted = admission.TryEnter(length);
        if (admitted is null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable); // the caller tries again, as after a lost call
        var body = new byte[length];
        await context.Request.Body.ReadExactlyAsync(body, cancellationToken);
        if (!signature.Verifies(signed, operation, body))
            return TypedResults.Unauthorized();
        if (context.Request.Headers["ActorJobs-Node"] != peers.Node)
            return TypedResults.StatusCode(StatusCodes.Status421MisdirectedRequest);
        return new BinaryResult(await call(body, cancellationToken));
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
