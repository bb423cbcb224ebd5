using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Queues that are nearly full, stand still or are served by nobody, and dead letters.</summary>
internal sealed class QueueCheck(IJobQueries queries) : INodeCheck
{
    private const double NearlyFull = 0.9;

    private static readonly TimeSpan Old = TimeSpan.FromHours(1);

    public string Name => "queues";

    public async ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken)
    {
        var stats = await queries.StatsAsync(cancellationToken);
        CheckItem[] found = [.. stats.Queues.Select(Look).OfType<CheckItem>(), .. DeadLetters(stats)];
        return found.Length > 0 ? found : [Found.Ok(Name, $"{stats.Queues.Count} queues, none of them nearly full, stopped or old.")];
    }

    private static CheckItem? Look(QueueView queue)
    {
        var name = $"queue {queue.Name}";
        var waiting = queue.States.GetValueOrDefault(JobStatus.Available);
        if (waiting > 0 && queue.Pools.Count == 0)
            return Found.Failed(name, $"{waiting} jobs wait and no pool serves it.", "Name it under ActorJobs:Pools:{pool}:Queues, or give a pool no queues: it then serves all others.");
        if (queue.Capacity > 0 && waiting >= queue.Capacity * NearlyFull)
            return Found.Warning(name, $"{waiting} of {queue.Capacity} places are taken; then submits are refused with 429.", "Give its pool more slots (actorjobs pool resize) or the queue more room (actorjobs queue limit).");
        if (queue.Paused || queue.Draining)
            return Found.Warning(name, queue.Paused ? $"It is paused; {waiting} jobs wait." : "It drains and accepts no jobs.", $"actorjobs queue resume {queue.Name}");
        return queue.OldestAge > Old
            ? Found.Warning(name, string.Create(CultureInfo.InvariantCulture, $"Its oldest job has waited {queue.OldestAge.TotalHours:0.#} hours."), "actorjobs why ID says what it waits for.")
            : null;
    }

    private static IEnumerable<CheckItem> DeadLetters(StatsView stats) =>
        stats.States.GetValueOrDefault(JobStatus.Discarded) is > 0 and var dead
            ? [Found.Warning("dead letters", $"{dead} jobs used up their attempts.", "actorjobs dead groups shows why, actorjobs dead retry brings them back.")]
            : [];
}
