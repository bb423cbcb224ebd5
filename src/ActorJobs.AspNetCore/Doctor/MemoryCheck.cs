using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Whether memory is short on the machine or in the container.</summary>
internal sealed class MemoryCheck : INodeCheck
{
    private const double High = 0.9;

    public string Name => "memory";

    public ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken)
    {
        var memory = GC.GetGCMemoryInfo();
        var load = memory.TotalAvailableMemoryBytes == 0 ? 0 : (double)Environment.WorkingSet / memory.TotalAvailableMemoryBytes;
        var said = string.Create(
            CultureInfo.InvariantCulture, $"The node has {Environment.WorkingSet >> 20} MiB of {memory.TotalAvailableMemoryBytes >> 20} MiB, {load:P0}.");
        return new([load > High ? Found.Warning(Name, said, "Give the node more memory, or its queues less capacity.") : Found.Ok(Name, said)]);
    }
}
