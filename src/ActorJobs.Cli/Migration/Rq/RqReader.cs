using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Reads jobs as RQ 1 and 2 keep them: an id in a list or a sorted set, and a hash with the rest, its data a pickle or JSON.</summary>
/// <remarks>Source: RQ's <c>job.py</c>, <c>to_dict</c> and <c>restore</c>.</remarks>
internal static class RqReader
{
    private static readonly string[] Callbacks = ["success_callback_name", "failure_callback_name", "stopped_callback_name"];

    public static ForeignReading Read(ForeignEntry entry, bool isDeferred)
    {
        var id = Encoding.UTF8.GetString(entry.Value);
        if (!entry.Fields.TryGetValue("data", out var data))
            return new ForeignReading.Left(id, null, "RQ keeps nothing of it any more but its id (its ttl is over, or it was deleted)");
        string? function = null;
        try
        {
            var call = CallOf(data);
            function = call[0].ToString();
            return ProblemOf(entry, call, isDeferred) is { } problem ? new ForeignReading.Left(id, function, problem) : new ForeignReading.Readable(JobOf(id, entry, call));
        }
        catch (NotCarriedException exception)
        {
            return new ForeignReading.Left(id, function, exception.Message);
        }
    }

    // (function, instance, args, kwargs), compressed since RQ 0.6
    private static JsonElement CallOf(byte[] data)
    {
        const byte ZlibMark = 0x78;
        var bytes = data is [ZlibMark, ..] ? ZlibText.Inflate(data) : data;
        var call = PickleReader.IsPickle(bytes) ? PickleJson.Read(bytes) : ForeignJson.Parse(bytes, "its data is no pickle of protocol 2 or later and");
        return call.ValueKind == JsonValueKind.Array && call.GetArrayLength() == 4 && call[0].ValueKind == JsonValueKind.String
            ? call
            : throw new NotCarriedException("its data is no call as RQ writes it; with a serializer of your own, let RQ run it");
    }

    private static string? ProblemOf(ForeignEntry entry, JsonElement call, bool isDeferred) =>
        isDeferred ? $"it waits for {Text(entry, "dependency_ids") ?? "other jobs"}; RQ queues it when these have ended"
        : Text(entry, "repeats_left") is not null ? "it repeats itself; make it a schedule, or let RQ run it"
        : call[1].ValueKind != JsonValueKind.Null ? "it is a method of an object; let RQ run it"
        : entry.Fields.ContainsKey(RqPlace.Dependents) ? "other jobs wait for its end in RQ; let RQ run it, or submit the whole as a workflow"
        : Callbacks.FirstOrDefault(name => Text(entry, name) is not null) is { } callback ? $"it has a callback ({Text(entry, callback)}), which would be lost; let RQ run it"
        : null;

    private static ForeignJob JobOf(string id, ForeignEntry entry, JsonElement call) => new()
    {
        Id = id,
        Publication = Text(entry, "created_at") ?? "",
        Function = call[0].GetString()!,
        Positional = ForeignJson.Array(call[2], "arguments"),
        Named = call[3].ValueKind == JsonValueKind.Object ? call[3] : throw new NotCarriedException("its keyword arguments are no dict"),
        RunAt = entry.Due,
        StartBy = StartByOf(entry),
        Timeout = TimeoutOf(entry),
        Attempts = Number(entry, "retries_left") is { } left ? Math.Clamp(left, 0, 999) + 1 : null,
        Backoff = BackoffOf(entry),
        Meta = MetaOf(entry),
    };

    // RQ has the hash expire so long after the job was queued. Unit: seconds
    private static DateTimeOffset? StartByOf(ForeignEntry entry) =>
        Number(entry, "ttl") is > 0 and var ttl && (Text(entry, "enqueued_at") ?? Text(entry, "created_at")) is { } since ? ForeignTime.OfText(since, "time").AddSeconds(ttl) : null;

    // -1 is for ever. Unit: seconds
    private static TimeSpan? TimeoutOf(ForeignEntry entry) => Number(entry, "timeout") switch
    {
        null or 0 => null,
        < 0 => TimeSpan.FromDays(3650),
        var seconds => TimeSpan.FromSeconds(seconds.Value),
    };

    // RQ counts from the end: with as many retries left as there are intervals, the first is next
    private static BackoffRule? BackoffOf(ForeignEntry entry)
    {
        if (Text(entry, "retry_intervals") is not { } text || Number(entry, "retries_left") is not { } left)
            return null;
        var intervals = ForeignJson.Array(ForeignJson.Parse(Encoding.UTF8.GetBytes(text), "its retry_intervals"), "retry_intervals");
        var delays = intervals.EnumerateArray().Skip(Math.Max(intervals.GetArrayLength() - left, 0)).Select(delay => TimeSpan.FromSeconds(Math.Clamp(delay.GetDouble(), 0, 1e8))).ToArray();
        return delays.Length > 0 ? new BackoffRule { Type = "list", Delays = delays } : null;
    }

    private static Dictionary<string, string> MetaOf(ForeignEntry entry)
    {
        var meta = new Dictionary<string, string>();
        if (Text(entry, "description") is { Length: <= 2000 } description)
            meta["rq.description"] = description;
        if (entry.Fields.TryGetValue("meta", out var bytes) && bytes.Length > 0)
            meta["rq.meta"] = (PickleReader.IsPickle(bytes) ? PickleJson.Read(bytes) : ForeignJson.Parse(bytes, "its meta")).GetRawText();
        return meta;
    }

    private static string? Text(ForeignEntry entry, string field) => entry.Fields.TryGetValue(field, out var bytes) && bytes.Length > 0 ? Encoding.UTF8.GetString(bytes) : null;

    private static int? Number(ForeignEntry entry, string field) =>
        Text(entry, field) is { } text ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new NotCarriedException($"its {field} is no whole number") : null;
}
