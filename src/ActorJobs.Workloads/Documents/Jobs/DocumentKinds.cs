namespace ActorJobs.Workloads.Documents;

/// <summary>The kinds of this workload and the queues they run in.</summary>
internal static class DocumentKinds
{
    public const string Rebuild = "documents.rebuild";
    public const string Embed = "documents.embed";
    public const string BuildIndex = "documents.build_index";
    public const string HotSwap = "documents.hot_swap";
    public const string CleanUp = "documents.clean_up";
    public const string Stats = "documents.stats";

    /// <summary>The queue and pool of the work itself.</summary>
    public const string WorkQueue = "documents";

    /// <summary>The queue and pool of rebuilds: they hold a slot while they wait for their children, which must not be one that a child needs.</summary>
    public const string PlanQueue = "documents_plan";
}

/// <summary>Arguments of <see cref="DocumentKinds.Rebuild"/>.</summary>
/// <param name="Index">The index.</param>
/// <param name="Refit">Whether the built-in embedder should learn the source's words anew, which embeds everything anew.</param>
internal sealed record RebuildIndex(string Index, bool Refit = false);

/// <summary>Arguments of <see cref="DocumentKinds.Embed"/>. Names a slice of a plan, so that no request can name files.</summary>
internal sealed record EmbedSlice(string Index, string Plan, int Slice);

/// <summary>Arguments of <see cref="DocumentKinds.BuildIndex"/>.</summary>
internal sealed record BuildIndex(string Index, string Plan);

/// <summary>Arguments of <see cref="DocumentKinds.HotSwap"/>.</summary>
internal sealed record HotSwap(string Index, int Version);

/// <summary>Arguments of <see cref="DocumentKinds.CleanUp"/> and <see cref="DocumentKinds.Stats"/>: one index, or all of them. A value, so that a job may have none.</summary>
internal readonly record struct EachIndex(string? Index = null);
