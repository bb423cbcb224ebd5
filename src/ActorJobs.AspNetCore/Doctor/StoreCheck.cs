using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Whether the store answers, how long a read takes, and what a receipt promises.</summary>
internal sealed class StoreCheck(NodeStatus node, IJobQueries queries, TimeProvider time) : INodeCheck
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    public string Name => "store";

    public async ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken)
    {
        if (node.Health.Current is { } outage)
            return [Found.Failed(Name, $"It does not answer since {outage.Since:u}: {outage.Reason}", "Bring the store back; jobs wait, and nothing that was accepted is lost.")];
        var began = time.GetTimestamp();
        await queries.ListAsync(new JobFilter(), null, 1, cancellationToken);
        var took = time.GetElapsedTime(began);
        var said = string.Create(CultureInfo.InvariantCulture, $"It answers in {took.TotalMilliseconds:0.#} ms; durability {node.Durability}, {node.Shards} shards.");
        if (took > Slow)
            return [Found.Warning(Name, said, "Look at the disk's or the Redis server's load: reads should take a few milliseconds.")];
        return node.Durability == "memory"
            ? [Found.Warning(Name, said, "Jobs end with the process. Set ActorJobs:Store to sqlite or redis to keep them.")]
            : [Found.Ok(Name, said)];
    }
}
