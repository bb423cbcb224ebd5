namespace ActorJobs.Workloads.Documents;

/// <summary>The words of a query, each once, as the index knows them; and where they stand in a text.</summary>
internal sealed class QueryWords
{
    /// <summary>More words than this are not looked up: each costs a walk over its list.</summary>
    public const int MaxWords = 64;

    private readonly HashSet<string> words = new(StringComparer.Ordinal);

    public QueryWords(string query)
    {
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        var reader = new WordReader(query, buffer);
        while (words.Count < MaxWords && reader.Read())
            words.Add(reader.Current.ToString());
    }

    public IReadOnlyCollection<string> All => words;

    /// <summary>The places in the text that match, from front to back, without overlap.</summary>
    public IReadOnlyList<Highlight> Find(string text)
    {
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new List<Highlight>();
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        var reader = new WordReader(text, buffer);
        while (reader.Read())
        {
            if (!lookup.Contains(reader.Current))
                continue;
            // a compound covers the parts that were found before it
            while (found.Count > 0 && found[^1].Start >= reader.Start)
                found.RemoveAt(found.Count - 1);
            found.Add(new Highlight(reader.Start, reader.Length));
        }

        return found;
    }
}

/// <summary>A place in a text that matches the query.</summary>
/// <param name="Start">The first character.</param>
/// <param name="Length">How many characters.</param>
public readonly record struct Highlight(int Start, int Length);
