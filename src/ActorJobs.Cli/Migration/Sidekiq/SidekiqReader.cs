using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Reads jobs as Sidekiq 5 to 8 keeps them: one JSON object, in a queue's list or in the sets of scheduled and failed ones.</summary>
/// <remarks>Source: Sidekiq's wiki, "Job Format", and <c>client.rb</c>, <c>job_retry.rb</c>.</remarks>
internal static class SidekiqReader
{
    private const int DefaultRetries = 25;

    /// <param name="entry">The job.</param>
    /// <param name="queue">In a set of all queues' jobs: the others are passed over. Null where all are of one queue.</param>
    public static ForeignReading Read(ForeignEntry entry, string? queue)
    {
        var payload = ForeignJson.Parse(entry.Value, "its payload");
        if (queue is not null && ForeignJson.TextOrNull(payload, "queue") is { } own && own != queue)
            return new ForeignReading.Elsewhere();
        var (id, name) = (ForeignJson.TextOrNull(payload, "jid"), ForeignJson.TextOrNull(payload, "class"));
        try
        {
            return ProblemOf(payload) is { } problem ? new ForeignReading.Left(id, name, problem) : new ForeignReading.Readable(JobOf(payload, entry.Due));
        }
        catch (NotCarriedException exception)
        {
            return new ForeignReading.Left(id, name, exception.Message);
        }
    }

    private static string? ProblemOf(JsonElement payload) =>
        ForeignJson.Says(payload, "wrapped") ? "it is one of Active Job, whose arguments are wrapped in its own form; let Sidekiq run it"
        : ForeignJson.Says(payload, "encrypt") ? "its last argument is encrypted; let Sidekiq run it"
        : ForeignJson.Says(payload, "bid") ? "it is of a batch, which waits for it; let Sidekiq run it"
        : null;

    private static ForeignJob JobOf(JsonElement payload, DateTimeOffset? due) => new()
    {
        Id = ForeignJson.Text(payload, "jid"),
        Publication = ForeignJson.NumberOrNull(payload, "created_at")?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        Function = ForeignJson.Text(payload, "class"),
        Positional = ForeignJson.Array(ForeignJson.Field(payload, "args"), "arguments"),
        RunAt = due,
        Attempts = AttemptsOf(payload),
        Tags = ForeignJson.Says(payload, "tags") ? [.. ForeignJson.Array(ForeignJson.Field(payload, "tags"), "tags").EnumerateArray().Select(tag => tag.ToString())] : null,
        Meta = MetaOf(payload),
    };

    // "retry": true is what Sidekiq does unless told otherwise, so nothing was said; a number is how many retries follow the first attempt, false that none does.
    // "retry_count" counts the retries that have failed, from 0 after the first attempt
    private static int? AttemptsOf(JsonElement payload)
    {
        var said = ForeignJson.Field(payload, "retry") switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var retries) => Math.Max(retries, 0),
            { ValueKind: JsonValueKind.False } => 0,
            _ => (int?)null,
        };
        var left = ForeignJson.NumberOrNull(payload, "retry_count") is { } count ? (said ?? DefaultRetries) - (int)Math.Clamp(count, 0, 1000) : said + 1;
        return left is { } attempts ? Math.Clamp(attempts, 1, 1000) : null;
    }

    private static Dictionary<string, string> MetaOf(JsonElement payload)
    {
        var meta = new Dictionary<string, string>();
        if (ForeignJson.TextOrNull(payload, "error_class") is { } error)
            meta["sidekiq.error"] = $"{error}: {ForeignJson.TextOrNull(payload, "error_message")}";
        if (ForeignJson.NumberOrNull(payload, "retry_count") is { } count)
            meta["sidekiq.retryCount"] = count.ToString(CultureInfo.InvariantCulture);
        return meta;
    }
}
