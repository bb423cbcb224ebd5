namespace ActorJobs.Workloads.Conversations;

/// <summary>How many slips of the hand lie between two words: a letter too many, too few, another one, or two that changed places.</summary>
internal static class EditDistance
{
    private const int MaxLength = 30;

    /// <summary>The slips, or null when there are more than <paramref name="most"/>.</summary>
    public static int? Within(ReadOnlySpan<char> word, ReadOnlySpan<char> other, int most)
    {
        if (Math.Abs(word.Length - other.Length) > most || word.Length > MaxLength || other.Length > MaxLength)
            return null;
        Span<int> before = stackalloc int[MaxLength + 1];
        Span<int> last = stackalloc int[MaxLength + 1];
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var column = 0; column <= other.Length; column++)
            last[column] = column;
        for (var at = 1; at <= word.Length; at++)
        {
            row[0] = at;
            for (var column = 1; column <= other.Length; column++)
            {
                var cost = word[at - 1] == other[column - 1] ? 0 : 1;
                row[column] = Math.Min(Math.Min(last[column] + 1, row[column - 1] + 1), last[column - 1] + cost);
                if (at > 1 && column > 1 && word[at - 1] == other[column - 2] && word[at - 2] == other[column - 1])
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
            }

            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return last[other.Length] <= most ? last[other.Length] : null;
    }
}
