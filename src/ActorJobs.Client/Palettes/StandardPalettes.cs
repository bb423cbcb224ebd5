namespace ActorJobs.Client;

/// <summary>
/// The palettes of ActorJobs itself, in one place for node and command line: a node offers those commands whose routes it has mapped, and the command
/// line knows their form before it has spoken to a node.
/// </summary>
public static partial class StandardPalettes
{
    // made at the first use: the parts they are made of lie in other files, and the order of initialisers over files is nobody's to choose
    private static IReadOnlyList<Palette>? all;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Palette> All => all ??=
    [
        Actor, Audit, Breaker, Cluster, Config, Conversation, Dead, Index, Job, Log, Node, Pool, Posting, Queue, Schedule, Scrape, Shard, Store, User, Workflow,
    ];
}
