using static ActorJobs.Client.PaletteParts;

namespace ActorJobs.Client;

/// <content>The node, its actors and its log, and the cluster around it.</content>
public static partial class StandardPalettes
{
    private static PaletteParameter[] LogFilters =>
    [
        InQuery("level", "This level and above").OneOf(LogLevels[..^1]), InQuery("category", "Only categories that begin so"),
        InQuery("text", "Only lines that contain this"),
    ];

    private static readonly string[] LogLevels = ["Trace", "Debug", "Information", "Warning", "Error", "Critical", "None"];

    private static Palette Actor => new("actor", "The actors of the node",
    [
        Get("tree", "actors", "Actors with state, mailbox depth and restarts",
            InQuery("path", "Only this actor and those below it"), InQuery("depth", "How many levels, 1 to 32", "integer"),
            InQuery("limit", "How many, 1 to 10 000", "integer"))
            .Showing("path", "state", "mailbox", "restarts"),
        Get("show", "actors", "One actor", InQuery("path", "Its path, for instance /fetcher").Must()).Showing("path", "state", "mailbox", "restarts"),
        Get("restarts", "actors", "Actors that failed and were made anew", InQuery("limit", "How many, 1 to 10 000", "integer"))
            .Showing("path", "state", "restarts", "mailbox"),
    ]);

    private static Palette Log => new("log", "The node's log",
    [
        Get("show", "log", "The last lines", [.. LogFilters, InQuery("limit", "How many, 1 to 1 000", "integer")])
            .Showing("at", "level", "category", "message"),
        Get("tail", "log/watch", "Follow the log", LogFilters),
        Get("levels", "log/levels", "Levels that were set while the node runs").Showing("category", "level", "until"),
        Put("level", "log/levels/{category}", "Set the level of a category while the node runs",
            InPath("category", "For instance ActorJobs.Pools, or Default for all that have none of their own"),
            InBody("level", "From here on lines are kept").OneOf(LogLevels).Must(), InBody("for", "How long, for instance PT10M; then it is as before", "duration")),
        Delete("reset", "log/levels/{category}", "Take a level back", InPath("category", "As it was set", "log/levels:category")) with { Confirm = false },
    ]);

    private static Palette Node => new("node", "The nodes",
    [
        Get("list", "nodes", "The nodes of the cluster").Showing("name", "url", "roles", "state", "shards", "load", "since"),
        Get("show", "diagnostics", "The node that answers: version, store, memory, processor"),
        Get("checks", "doctor", "What the node finds when it checks itself").Showing("name", "status", "said", "mend"),
    ]);

    private static PaletteParameter NodeName => InPath("name", "The node's name", "nodes:name");

    private static PaletteParameter NodeReason => InBody("reason", "Kept in the audit log");

    private static Palette Cluster => new("cluster", "The cluster as a whole",
    [
        Get("show", "nodes", "The nodes").Showing("name", "state", "roles", "shards", "load", "since", "url"),
        Get("status", "stats", "Counts, rates, queues and pools at this instant"),
        Post("drain", "nodes/{name}/drain", "A node takes no new work, hands its shards over and finishes what it runs; its process stays", NodeName, NodeReason).Asking(),
        Post("leave", "nodes/{name}/leave", "The same within the shutdown deadline, and the process ends", NodeName, NodeReason).Asking(),
        Post("down", "nodes/{name}/down", "Declare a dead node dead, so that its shards are taken before its lease ends", NodeName, NodeReason,
            InBody("force", "Also when it still answers: what it runs then runs a second time elsewhere", "boolean")).Asking(),
    ]);

    private static Palette Config => new("config", "The settings of the node that answers",
    [
        Get("show", "configuration", "The settings in force, each with where it comes from; secrets are masked",
            InQuery("below", "Only keys that begin so, for instance ActorJobs:Pools"))
            .Showing("key", "value", "source", "place"),
    ]);

    private static Palette Shard => new("shard", "Who owns which part of the entities",
    [
        Get("list", "shards", "The shards with owner and epoch").Showing("shard", "owner", "epoch"),
        Get("owner", "shards", "The shard of an id, and who owns it").Showing("shard", "owner", "epoch"),
    ]);

    private static Palette Store => new("store", "The embedded store of the node that answers",
    [
        Post("backup", "backups", "Copy the store, while the node works, to a file on its machine", NodeReason),
    ]);

    private static Palette Audit => new("audit", "What operators did",
    [
        Get("list", "audit", "Actions, newest first", Limit, Cursor).Showing("at", "who", "action", "target", "outcome", "reason", "details", "problem"),
    ]);
}
