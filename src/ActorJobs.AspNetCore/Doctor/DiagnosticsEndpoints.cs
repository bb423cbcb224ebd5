using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorJobs.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore;

/// <summary>The node that answers, as a process.</summary>
internal static class DiagnosticsEndpoints
{
    public static void MapDiagnostics(this RouteGroupBuilder api) =>
        api.MapGet("/diagnostics", Find).WithSummary("The node that answers, as a process").WithTags("operations").Produces<Diagnostics>();

    private static JsonHttpResult<Diagnostics> Find(NodeStatus node, TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return TypedResults.Json(
            new Diagnostics
            {
                Node = node.Name,
                Version = NodeVersion.Current,
                Time = time.GetUtcNow(),
                StartedAt = node.StartedAt,
                Runtime = RuntimeInformation.FrameworkDescription,
                System = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
                Durability = node.Durability,
                Shards = node.Shards,
                Processors = Environment.ProcessorCount,
                ProcessorTime = process.TotalProcessorTime,
                ResidentBytes = process.WorkingSet64,
                HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
                Threads = ThreadPool.ThreadCount,
            },
            ContractJson.Default.Diagnostics);
    }
}
