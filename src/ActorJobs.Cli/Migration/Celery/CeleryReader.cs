using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Reads messages as Celery 3.1 to 5 puts them into Redis: kombu's envelope around a task in message protocol 1 or 2.</summary>
/// <remarks>Source: Celery's documentation, "Message Protocol"; kombu's <c>transport/virtual/base.py</c> and <c>transport/redis.py</c>.</remarks>
internal static class CeleryReader
{
    private static readonly string[] Canvas = ["callbacks", "errbacks", "chain", "chord"];

    /// <param name="message">The envelope.</param>
    /// <param name="now">To see what has expired.</param>
    public static ForeignReading Read(JsonElement message, DateTimeOffset now)
    {
        var headers = ForeignJson.Field(message, "headers");
        var (id, name) = (ForeignJson.TextOrNull(headers, "id"), ForeignJson.TextOrNull(headers, "task"));
        try
        {
            var body = CeleryBody.Read(message);
            // protocol 1 has all of it in the body, protocol 2 in the headers
            var isFirst = name is null && body.ValueKind == JsonValueKind.Object;
            var task = isFirst ? body : headers;
            (id, name) = (ForeignJson.TextOrNull(task, "id"), ForeignJson.TextOrNull(task, "task"));
            if (name is null || id is null || (!isFirst && !IsSecond(body)))
                return new ForeignReading.Left(id, name, "it is no task of Celery's message protocol 1 or 2");
            var job = isFirst
                ? JobOf(message, task, ForeignJson.Field(body, "args"), ForeignJson.Field(body, "kwargs"))
                : JobOf(message, task, body[0], body[1]);
            return ProblemOf(job, task, isFirst ? body : body[2], now) is { } problem ? new ForeignReading.Left(id, name, problem) : new ForeignReading.Readable(job);
        }
        catch (NotCarriedException exception)
        {
            return new ForeignReading.Left(id, name, exception.Message);
        }
    }

    private static bool IsSecond(JsonElement body) => body.ValueKind == JsonValueKind.Array && body.GetArrayLength() == 3;

    private static string? ProblemOf(ForeignJob job, JsonElement task, JsonElement embedded, DateTimeOffset now) =>
        job.Function.StartsWith("celery.", StringComparison.Ordinal) ? "it is a task of Celery's own; let Celery run it"
        : Canvas.FirstOrDefault(what => ForeignJson.Says(embedded, what) || ForeignJson.Says(task, what)) is { } part
            ? $"it has a {part.TrimEnd('s')}, which would be lost; let Celery run it, or submit the whole as a workflow"
        : job.StartBy <= now ? string.Create(CultureInfo.InvariantCulture, $"it expired at {job.StartBy:O}; Celery will drop it")
        : null;

    private static ForeignJob JobOf(JsonElement message, JsonElement task, JsonElement args, JsonElement kwargs)
    {
        var properties = ForeignJson.Field(message, "properties");
        return new ForeignJob
        {
            Id = ForeignJson.Text(task, "id"),
            // made anew whenever a message is published, also when the task's id was given before, and kept when it is delivered again
            Publication = ForeignJson.TextOrNull(properties, "delivery_tag") ?? "",
            Function = ForeignJson.Text(task, "task"),
            Positional = ForeignJson.Array(args, "arguments"),
            Named = kwargs.ValueKind is JsonValueKind.Object ? kwargs : throw new NotCarriedException("its keyword arguments are no dict"),
            RunAt = ForeignJson.TextOrNull(task, "eta") is { } eta ? ForeignTime.OfText(eta, "eta") : null,
            StartBy = ForeignJson.TextOrNull(task, "expires") is { } expires ? ForeignTime.OfText(expires, "expires") : null,
            Timeout = TimeoutOf(ForeignJson.Field(task, "timelimit")),
            Priority = PriorityOf(ForeignJson.NumberOrNull(properties, "priority")),
            Meta = MetaOf(task),
        };
    }

    // the hard limit, else the soft one. Unit: seconds
    private static TimeSpan? TimeoutOf(JsonElement limits) =>
        limits.ValueKind == JsonValueKind.Array && limits.EnumerateArray().FirstOrDefault(limit => limit.ValueKind == JsonValueKind.Number) is { ValueKind: JsonValueKind.Number } limit
            ? TimeSpan.FromSeconds(Math.Clamp(limit.GetDouble(), 0.001, TimeSpan.FromDays(3650).TotalSeconds))
            : null;

    // over Redis 0 comes first and is what a task has that says nothing; here that is 5, and the others come after it in their order
    private static int? PriorityOf(double? priority) => priority is > 0 and <= 9 ? 5 - (int)Math.Round(priority.Value * 5 / 9) : null;

    private static Dictionary<string, string> MetaOf(JsonElement task)
    {
        var meta = new Dictionary<string, string>();
        foreach (var (field, name) in new[] { ("group", "celery.group"), ("root_id", "celery.rootId"), ("parent_id", "celery.parentId") })
        {
            if (ForeignJson.TextOrNull(task, field) is { } value)
                meta[name] = value;
        }

        if (ForeignJson.NumberOrNull(task, "retries") is > 0 and var retries)
            meta["celery.retries"] = retries.ToString(CultureInfo.InvariantCulture);
        return meta;
    }
}
