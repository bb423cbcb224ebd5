using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>The log of this node: the last lines, and new ones as they come.</summary>
internal static class LogEndpoints
{
    private const int DefaultLines = 100;

    // lines within this time are one event; it also bounds what a stream at level Trace can cause by logging its own writes
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(250);

    public static void MapLog(this RouteGroupBuilder api)
    {
        // a log tells more than the pages do
        var log = api.MapGroup("/log").WithTags("operations").RequireRole(AccessRole.Operator);
        log.MapGet("", List).WithSummary("The last lines of the log, oldest first").Produces<NodeLog>().ProducesRefusals(400);
        log.MapGet("/watch", Watch).WithSummary("New lines as server-sent events, at most 4 a second").ProducesEvents().ProducesRefusals(400, 503);
        log.MapLogLevels();
    }

    private static IResult List(HttpContext context, LogMemory memory, string? level, string? category, string? text, string? limit)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "level", "category", "text", "limit") is { } unknown)
            return unknown;
        if (!LogFilter.TryRead(level, category, text, out var filter, out var problem)
            || !QueryRules.TryReadLimit(limit, DefaultLines, LogMemory.Capacity, out var size, out problem))
            return problem!;
        return TypedResults.Json(new NodeLog([.. memory.After(0).Lines.Where(filter.Matches).TakeLast(size)]), ContractJson.Default.NodeLog);
    }

    private static IResult Watch(HttpContext context, LogMemory memory, TimeProvider time, string? level, string? category, string? text)
    {
        if (QueryRules.FindUnknown(context.Request.Query, "level", "category", "text") is { } unknown)
            return unknown;
        return LogFilter.TryRead(level, category, text, out var filter, out var problem)
            ? new EventStream<NodeLogBatch>(cancellation => FollowAsync(memory, filter, time, cancellation), ToEvent)
            : problem!;
    }

    private static async IAsyncEnumerable<NodeLogBatch> FollowAsync(
        LogMemory memory, LogFilter filter, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (_, last) = memory.After(long.MaxValue - 1);
        // tells the reader that the stream stands: what is logged from now on comes
        yield return new NodeLogBatch([], 0);
        while (true)
        {
            await memory.NewerThanAsync(last, cancellationToken);
            await Task.Delay(Coalesce, time, cancellationToken);
            var (lines, newest) = memory.After(last);
            var missed = newest - last - lines.Count;
            last = newest;
            var matching = lines.Where(filter.Matches).ToArray();
            if (matching.Length > 0 || missed > 0)
                yield return new NodeLogBatch(matching, missed);
        }
    }

    private static StreamEvent ToEvent(NodeLogBatch batch) =>
        StreamEvent.Json("log", batch, static (writer, batch) => JsonSerializer.Serialize(writer, batch, ContractJson.Default.NodeLogBatch));
}
