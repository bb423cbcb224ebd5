using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Queues: see them, pause, resume, drain, and change their limits.</summary>
internal static class QueueEndpoints
{
    private enum ChangeField
    {
        Capacity, Paused, Draining, Rate, Concurrency, KeyRate, KeyConcurrency,
    }

    public static void MapQueues(this RouteGroupBuilder api)
    {
        var queues = api.MapGroup("/queues").WithTags("queues");
        queues.MapGet("", ListAsync).WithSummary("All queues").Produces<QueueList>();
        queues.MapGet("/{name}", FindAsync).WithSummary("One queue").Produces<QueueState>().ProducesRefusals(404);
        MapSteering("pause", "Jobs are accepted, none starts", new QueueChange(Paused: true));
        MapSteering("resume", "End pausing and draining", new QueueChange(Paused: false, Draining: false));
        MapSteering("drain", "Jobs start, none is accepted", new QueueChange(Draining: true));
        queues.MapPatch("/{name}", ChangeAsync).RequireRole(AccessRole.Admin)
            .WithSummary("Change a queue's limits").Accepts<ChangeQueue>("application/json").Produces<QueueState>().ProducesRefusals(400, 404)
            .Audit("queue.change");

        void MapSteering(string verb, string summary, QueueChange change) =>
            queues.MapPost("/{name}/" + verb, (string name, HttpContext context, IQueueControl control) => SteerAsync(name, change, context, control))
                .Accepts<Reason>(isOptional: true, "application/json")
                .WithSummary(summary).Produces<QueueState>().ProducesRefusals(400, 404).Audit("queue." + verb);
    }

    private static async Task<IResult> ListAsync(IQueueControl control, CancellationToken cancellationToken) =>
        JsonBody.OfItems(await control.ListQueuesAsync(cancellationToken), StatsWriter.WriteQueue);

    private static async Task<IResult> FindAsync(string name, IQueueControl control, CancellationToken cancellationToken) =>
        await control.FindQueueAsync(name, cancellationToken) is { } queue ? JsonBody.Of(queue, StatsWriter.WriteQueue) : Problems.NoSuchQueue(name);

    private static async Task<IResult> SteerAsync(string name, QueueChange change, HttpContext context, IQueueControl control)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        return problem ?? await ApplyAsync(name, change, control, context.RequestAborted);
    }

    private static async Task<IResult> ChangeAsync(string name, HttpContext context, IQueueControl control)
    {
        var (change, problem) = await BodyParser.ReadAsync(context, ReadChange);
        if (problem is not null)
            return problem;
        AuditNote.Add(context, details: Describe(change!));
        return await ApplyAsync(name, change!, control, context.RequestAborted);
    }

    private static string Describe(QueueChange change) => string.Join(", ", new[]
    {
        change.Capacity is { } capacity ? string.Create(CultureInfo.InvariantCulture, $"capacity {capacity}") : null,
        change.Paused is { } paused ? paused ? "paused" : "not paused" : null,
        change.Draining is { } draining ? draining ? "draining" : "not draining" : null,
        change.Rate is { } rate ? $"rate {rate}" : null,
        change.Concurrency is { } concurrency ? string.Create(CultureInfo.InvariantCulture, $"concurrency {concurrency}") : null,
        change.KeyRate is { } keyRate ? $"key rate {keyRate}" : null,
        change.KeyConcurrency is { } keyConcurrency ? string.Create(CultureInfo.InvariantCulture, $"key concurrency {keyConcurrency}") : null,
    }.OfType<string>());

    /// <summary>A queue can be steered before its first job, so any name that a job could use is known.</summary>
    private static async Task<IResult> ApplyAsync(string name, QueueChange change, IQueueControl control, CancellationToken cancellationToken) =>
        JobKind.IsValidName(name)
            ? JsonBody.Of(await control.ChangeQueueAsync(name, change, cancellationToken), StatsWriter.WriteQueue)
            : Problems.NoSuchQueue(name);

    private static QueueChange ReadChange(ref BodyReader reader)
    {
        var change = new QueueChange();
        var seen = 0u;
        while (reader.NextField(ref seen, out ChangeField field))
        {
            change = field switch
            {
                ChangeField.Capacity => change with { Capacity = reader.ReadLong() },
                ChangeField.Paused => change with { Paused = reader.ReadBoolean() },
                ChangeField.Draining => change with { Draining = reader.ReadBoolean() },
                ChangeField.Rate => change with { Rate = reader.ReadText() },
                ChangeField.Concurrency => change with { Concurrency = reader.ReadInteger() },
                ChangeField.KeyRate => change with { KeyRate = reader.ReadText() },
                _ => change with { KeyConcurrency = reader.ReadInteger() },
            };
        }

        if (change.Problem() is var (name, rule))
            reader.FailAt(name, "out-of-range", rule);
        return change;
    }
}
