using System.Globalization;
using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Documents;

/// <summary>The parameters of a search, as texts: a number that is none has to be answered with a problem, too.</summary>
/// <param name="Q">The query.</param>
/// <param name="K">How many documents, 1 to 100. Default: 10.</param>
/// <param name="Mode">hybrid (default), vector or text.</param>
/// <param name="Under">What the ids of the documents begin with. Default: all.</param>
/// <param name="Exact">true compares every vector instead of asking the approximate index.</param>
internal readonly record struct SearchRequest(string? Q, string? K, string? Mode, string? Under, string? Exact)
{
    public const int MaxQueryLength = 1000;
    public const int MaxCount = 100;
    private const int DefaultCount = 10;

    /// <summary>The search that is asked for, or what is wrong with it.</summary>
    public (SearchQuery? Query, ApiProblem? Problem) Read()
    {
        if (string.IsNullOrWhiteSpace(Q) || Q.Length > MaxQueryLength)
            return (null, Problems.Invalid("invalid-query", $"q has 1 to {MaxQueryLength} characters.", "q"));
        if (ReadCount(K) is not { } count)
            return (null, InvalidCount);
        if (Under?.Length > DocumentFields.MaxId)
            return (null, Problems.Invalid("invalid-under", $"under has at most {DocumentFields.MaxId} characters.", "under"));
        if (Exact is not (null or "" or "true" or "false"))
            return (null, Problems.Invalid("invalid-exact", "exact is true or false (when left out).", "exact"));
        SearchMode? mode = Mode?.ToLowerInvariant() switch
        {
            null or "" or "hybrid" => SearchMode.Hybrid,
            "vector" => SearchMode.Vector,
            "text" => SearchMode.Text,
            _ => null,
        };
        return mode is { } known
            ? (new SearchQuery(Q, count, known, Under, Exact == "true"), null)
            : (null, Problems.Invalid("invalid-mode", "mode is hybrid (when left out), vector or text.", "mode"));
    }

    /// <summary>How many are asked for; null when that cannot be read.</summary>
    public static int? ReadCount(string? count) =>
        string.IsNullOrEmpty(count) ? DefaultCount
        : int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxCount ? number
        : null;

    public static ApiProblem InvalidCount => Problems.Invalid("invalid-count", $"k is a number from 1 to {MaxCount}; {DefaultCount} when left out.", "k");
}

/// <summary>A search.</summary>
/// <param name="Text">What is looked for.</param>
/// <param name="Count">How many documents.</param>
/// <param name="Mode">How.</param>
/// <param name="Under">What the documents' ids begin with; null for all.</param>
/// <param name="Exact">Whether every vector is compared.</param>
internal sealed record SearchQuery(string Text, int Count, SearchMode Mode, string? Under = null, bool Exact = false);

/// <summary>A search for documents like one of the index.</summary>
/// <param name="DocumentId">Which.</param>
/// <param name="Count">How many others.</param>
/// <param name="Under">What their ids begin with; null for all.</param>
internal sealed record SimilarQuery(string DocumentId, int Count, string? Under = null);
