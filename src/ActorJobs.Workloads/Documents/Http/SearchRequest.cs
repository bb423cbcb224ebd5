using System.Globalization;
using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Documents;

/// <summary>The parameters of a search, as texts: a number that is none has to be answered with a problem, too.</summary>
/// <param name="Q">The query.</param>
/// <param name="K">How many documents, 1 to 100. Default: 10.</param>
/// <param name="Mode">hybrid (default), vector or text.</param>
internal readonly record struct SearchRequest(string? Q, string? K, string? Mode)
{
    public const int MaxQueryLength = 1000;
    public const int MaxCount = 100;
    private const int DefaultCount = 10;

    /// <summary>The search that is asked for, or what is wrong with it.</summary>
    public (SearchQuery? Query, ApiProblem? Problem) Read()
    {
        if (string.IsNullOrWhiteSpace(Q) || Q.Length > MaxQueryLength)
            return (null, Problems.Invalid("invalid-query", $"q has 1 to {MaxQueryLength} characters.", "q"));
        var count = DefaultCount;
        if (!string.IsNullOrEmpty(K) && (!int.TryParse(K, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MaxCount))
            return (null, Problems.Invalid("invalid-count", $"k is a number from 1 to {MaxCount}; {DefaultCount} when left out.", "k"));
        SearchMode? mode = Mode?.ToLowerInvariant() switch
        {
            null or "" or "hybrid" => SearchMode.Hybrid,
            "vector" => SearchMode.Vector,
            "text" => SearchMode.Text,
            _ => null,
        };
        return mode is { } known
            ? (new SearchQuery(Q, count, known), null)
            : (null, Problems.Invalid("invalid-mode", "mode is hybrid (when left out), vector or text.", "mode"));
    }
}

/// <summary>A search.</summary>
internal sealed record SearchQuery(string Text, int Count, SearchMode Mode);
