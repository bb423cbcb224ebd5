using static ActorJobs.Client.PaletteParts;

namespace ActorJobs.Client;

/// <content>Jobs, queues, pools and dead letters.</content>
public static partial class StandardPalettes
{
    private static readonly string[] States =
        ["Waiting", "Scheduled", "Available", "Running", "Retryable", "Completed", "Cancelled", "Discarded", "Expired"];

    private static PaletteParameter JobId => InPath("id", "The job's id", "jobs?limit=50:id");

    private static PaletteParameter QueueName => InPath("name", "The queue's name", "queues:name");

    private static Palette Job => new("job", "Submit, find, follow and steer jobs",
    [
        Post("submit", "jobs", "Submit one job"),
        Post("import", "jobs/batch", "Submit many jobs, one JSON object a line"),
        Get("export", "exports", "Write jobs out, one JSON object a line, to be imported into another store",
            InQuery("state", "Only those in this state").OneOf(States), InQuery("queue", "Only of this queue", source: "queues:name"),
            InQuery("kind", "Only of this kind"), InQuery("tag", "Only with this tag"), InQuery("tenant", "Only of this tenant"),
            InQuery("history", "With the history of each", "boolean"), Limit, Cursor),
        Get("show", "jobs/{id}", "One job with arguments, result, attempts and log", JobId),
        Get("list", "jobs", "Jobs, newest first",
            InQuery("state", "Only those in this state").OneOf(States), InQuery("queue", "Only of this queue", source: "queues:name"),
            InQuery("kind", "Only of this kind"), InQuery("tag", "Only with this tag"), InQuery("tenant", "Only of this tenant"), Limit, Cursor)
            .Showing("id", "kind", "state", "queue", "attempt", "createdAt", "error.message"),
        Get("watch", "jobs/{id}/watch", "Follow a job to its end", JobId),
        Get("why", "jobs/{id}/why", "Why a job does not run, or what it does", JobId),
        Get("events", "jobs/{id}/events", "A job's history", JobId, InQuery("after", "Only events after this version", "integer"), Limit)
            .Showing("version", "at", "type", "data"),
        Post("cancel", "jobs/{id}/cancel", "Ask a job to stop", JobId, InBody("reason", "Kept in the job's history")),
        Post("retry", "jobs/{id}/retry", "Make an ended or retryable job available again, with other arguments if given", JobId,
            InBody("args", "Other arguments as JSON, @file or -", "json")),
        Post("bulk", "jobs/actions", "One action upon all jobs that match, in the background",
            InBody("action", "What to do").OneOf("cancel", "retry", "promote", "dismiss").Must(), InBody("filter.state", "Those in this state").OneOf(States).As("state"),
            InBody("filter.queue", "Those of this queue", source: "queues:name").As("queue"), InBody("filter.kind", "Those of this kind").As("kind"),
            InBody("filter.tag", "Those with this tag").As("tag"), InBody("filter.tenant", "Those of this tenant").As("tenant"),
            InBody("filter.signature", "Those with this error, as `dead groups` names it").As("signature"),
            InBody("limit", "No more than so many, the newest first", "integer"), InBody("sample", "Only this share of them, above 0 and up to 1", "number"),
            InBody("perSecond", "For a retry: how many a second", "number"), InBody("edit", "For a retry: a JSON merge patch for the arguments, @file or -", "json"),
            InBody("dryRun", "Only say which they are", "boolean"), InBody("reason", "Kept in the audit log")).Asking(),
        Post("promote", "jobs/{id}/promote", "Make a scheduled or retryable job available now", JobId),
    ]);

    private static Palette Queue => new("queue", "What waits, and steering it",
    [
        Get("list", "queues", "All queues").Showing(QueueColumns),
        Get("show", "queues/{name}", "One queue", QueueName),
        Post("pause", "queues/{name}/pause", "Accept jobs, start none", QueueName, InBody("reason", "Kept in the audit log")),
        Post("resume", "queues/{name}/resume", "End pausing and draining", QueueName, InBody("reason", "Kept in the audit log")),
        Post("drain", "queues/{name}/drain", "Start jobs, accept none", QueueName, InBody("reason", "Kept in the audit log")),
        Patch("limit", "queues/{name}", "Change a queue's limits", QueueName, InBody("capacity", "How many jobs may wait", "integer"),
            InBody("rate", "How many jobs may start in any window, as 50/s or 20/10s; none; configured"),
            InBody("concurrency", "How many jobs may run at once; 0: any number; -1: as configured", "integer"),
            InBody("keyRate", "As rate, for one concurrency key"), InBody("keyConcurrency", "As concurrency, for one concurrency key", "integer")),
    ]);

    private static PaletteParameter BreakerName => InPath("name", "The dependency's name", "breakers:name");

    private static Palette Breaker => new("breaker", "Circuit breakers of what jobs depend on",
    [
        Get("list", "breakers", "The breakers that are configured or not closed").Showing("name", "status", "since", "until", "failures"),
        Post("open", "breakers/{name}/open", "Hold the jobs that need the dependency", BreakerName, InBody("reason", "Kept in the audit log")),
        Post("close", "breakers/{name}/close", "Let the jobs that need the dependency run", BreakerName, InBody("reason", "Kept in the audit log")),
    ]);

    private static readonly string[] QueueColumns =
    [
        "name", "paused", "draining", "states.Available", "states.Running", "states.Scheduled", "states.Retryable", "states.Discarded", "capacity",
        "oldestAge", "drainRate", "limits", "held", "pools",
    ];

    private static Palette Pool => new("pool", "Worker slots",
    [
        Get("list", "pools", "The pools of the node").Showing("name", "runs", "queues", "busy", "size", "min", "max", "restarts"),
        Patch("resize", "pools/{name}", "Give a pool a fixed size, or bounds between which it scales itself",
            InPath("name", "The pool's name", "pools:name"), InBody("size", "A fixed size, 1 to 10 000 slots", "integer"),
            InBody("min", "The fewest slots", "integer"), InBody("max", "The most slots", "integer")),
    ]);

    private static Palette User => new("user", "For whom jobs run",
    [
        Get("show", "users/{id}/summary", "Counts of a user's jobs by state, and what workloads keep for the user", InPath("id", "The user: the jobs' tenant")),
    ]);

    private static Palette Dead => new("dead", "Dead letters: jobs that used up their attempts",
    [
        Get("list", "jobs", "Dead letters, newest first",
            InQuery("queue", "Only of this queue", source: "queues:name"), InQuery("kind", "Only of this kind"), InQuery("tag", "Only with this tag"),
            InQuery("tenant", "Only of this tenant"), Limit, Cursor)
            .Showing("id", "kind", "queue", "attempt", "finishedAt", "error.type", "error.message"),
        Get("groups", "dead/groups", "Dead letters grouped by what their errors have in common, among the newest 10 000",
            InQuery("queue", "Only of this queue", source: "queues:name"), InQuery("kind", "Only of this kind"), InQuery("tag", "Only with this tag"),
            InQuery("tenant", "Only of this tenant"))
            .Showing("signature", "count", "kinds", "type", "message", "lastSeen", "sample"),
        Post("retry", "jobs/{id}/retry", "Make dead letters available again: by id, by group, or all"),
        Post("dismiss", "jobs/actions", "Leave dead letters be: they become cancelled"),
        Post("undo", "jobs/actions/{id}/undo", "Take a retry or a dismissal back, for 24 hours and where nothing has happened since",
            InPath("id", "The action: the id that it answered"), InBody("dryRun", "Only say which jobs", "boolean"), InBody("reason", "Kept in the audit log")).Asking(),
    ]);
}
