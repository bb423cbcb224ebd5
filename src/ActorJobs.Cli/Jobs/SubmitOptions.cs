using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What can be said about a job on the command line, and the job that comes of it.</summary>
internal sealed class SubmitOptions
{
    private readonly Option<string?> id = Text("--id", "The job's id: submitting it again changes nothing");
    private readonly Option<string?> queue = Text("--queue", "The queue");
    private readonly Option<int?> priority = new("--priority") { Description = "0 to 9, 9 first", HelpName = "N" };
    private readonly Option<TimeSpan?> delay = Time("--delay", "Start no sooner than this from now");
    private readonly Option<string?> runAt = Text("--run-at", "Start no sooner than this instant, for instance 2026-12-24T18:00:00Z");
    private readonly Option<int?> maxAttempts = new("--max-attempts") { Description = "1 to 1000", HelpName = "N" };
    private readonly Option<TimeSpan?> timeout = Time("--run-timeout", "When an attempt is abandoned");
    private readonly Option<string?> startBy = Text("--start-by", "The job expires when it has not started by then");
    private readonly Option<TimeSpan?> retention = Time("--retention", "How long the job is kept after its end");
    private readonly Option<string?> unique = Text("--unique", "At most one unfinished job with this key");
    private readonly Option<string?> concurrencyKey = Text("--concurrency-key", "Shares the queue's limit with all that have this key");
    private readonly Option<string?> tenant = Text("--tenant", "For whom it runs");
    private readonly Option<string[]> tags = new("--tag") { Description = "A word to find it by; may be given several times", HelpName = "TAG" };
    private readonly Option<string[]> meta = new("--meta") { Description = "name=value kept with the job; may be given several times", HelpName = "NAME=VALUE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[id, queue, priority, delay, runAt, maxAttempts, timeout, startBy, retention, unique, concurrencyKey, tenant, tags, meta])
            command.Options.Add(option);
    }

    /// <summary>The job with what was typed put over what it has.</summary>
    public SubmitJob Apply(SubmitJob job, ParseResult parse) => job with
    {
        Id = parse.GetValue(id) ?? job.Id,
        Queue = parse.GetValue(queue) ?? job.Queue,
        Priority = parse.GetValue(priority) ?? job.Priority,
        Delay = parse.GetValue(delay) ?? job.Delay,
        RunAt = Instant(parse, runAt) ?? job.RunAt,
        MaxAttempts = parse.GetValue(maxAttempts) ?? job.MaxAttempts,
        Timeout = parse.GetValue(timeout) ?? job.Timeout,
        StartBy = Instant(parse, startBy) ?? job.StartBy,
        Retention = parse.GetValue(retention) ?? job.Retention,
        Unique = parse.GetValue(unique) is { } key ? new UniqueKey { Key = key } : job.Unique,
        ConcurrencyKey = parse.GetValue(concurrencyKey) ?? job.ConcurrencyKey,
        Tenant = parse.GetValue(tenant) ?? job.Tenant,
        Tags = parse.GetValue(tags) is { Length: > 0 } words ? words : job.Tags,
        Meta = parse.GetValue(meta) is { Length: > 0 } pairs ? pairs.Select(pair => JobArguments.Pair(pair, "--meta")).ToDictionary(pair => pair.Name, pair => pair.Value) : job.Meta,
    };

    /// <summary>A job written as JSON, as the API takes it.</summary>
    public static SubmitJob OfJson(JsonElement json, string what)
    {
        try
        {
            return json.Deserialize(ContractJson.Default.SubmitJob) ?? throw new UsageException($"{what} is null, not a job.");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{what} is no job: {exception.Message}");
        }
    }

    private static DateTimeOffset? Instant(ParseResult parse, Option<string?> option) => parse.GetValue(option) switch
    {
        null => null,
        var text when ParameterValue.TryInstant(text, out var instant) => instant,
        var text => throw new UsageException($"{option.Name}: '{text}' is no instant; write 2026-12-24T18:00:00Z."),
    };

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    private static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && Durations.TryParse(token.Value, out var duration))
                return duration;
            result.AddError($"{name}: '{(result.Tokens.Count > 0 ? result.Tokens[0].Value : "")}' is no duration; write 10s, 1h30m, PT10S or a number of seconds.");
            return null;
        },
    };
}
