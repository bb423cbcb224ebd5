namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Reads the words of a text, lower-cased and stripped of the plural s, without allocating. A compound such as <c>BitArray</c> gives its parts
/// (<c>bit</c>, <c>array</c>) and then itself (<c>bitarray</c>), so that both spellings of a query find it. Search and embedding read text through
/// this one type: what one of them takes for a word, the other does too.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    /// <summary>Longer words are cut to this length: nobody types them, and the buffer is bounded.</summary>
    public const int MaxLength = 64;

    private readonly ReadOnlySpan<char> text = text;
    private readonly Span<char> buffer = buffer;
    private int runEnd;
    private int part;
    private int runStart;
    private bool wholeIsDue;

    /// <summary>The word; valid until the next read.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Where the word begins in the text.</summary>
    public int Start { get; private set; }

    /// <summary>How many characters of the text it covers.</summary>
    public int Length { get; private set; }

    /// <summary>Whether it is a compound whose parts were read before.</summary>
    public bool IsCompound { get; private set; }

    public bool Read()
    {
        while (true)
        {
            if (wholeIsDue && part >= runEnd)
            {
                wholeIsDue = false;
                return Take(runStart, runEnd, isCompound: true);
            }

            if (part >= runEnd && !NextRun())
                return false;
            var start = part;
            part = PartEnd(start);
            if (start == runStart && part == runEnd)
                return Take(start, part, isCompound: false);
            wholeIsDue = true;
            // the I of IEnumerable says nothing by itself
            if (part - start > 1)
                return Take(start, part, isCompound: false);
        }
    }

    private bool NextRun()
    {
        runStart = runEnd;
        while (runStart < text.Length && !char.IsLetterOrDigit(text[runStart]))
            runStart++;
        runEnd = runStart;
        while (runEnd < text.Length && char.IsLetterOrDigit(text[runEnd]))
            runEnd++;
        part = runStart;
        return runStart < runEnd;
    }

    // a part ends before the capital of the next word: Bit|Array, XML|Reader; digits belong to what is before them: Int32|Converter
    private readonly int PartEnd(int start)
    {
        for (var index = start + 1; index < runEnd; index++)
        {
            if (!char.IsUpper(text[index]))
                continue;
            if (!char.IsUpper(text[index - 1]) || (index + 1 < runEnd && char.IsLower(text[index + 1])))
                return index;
        }

        return runEnd;
    }

    private bool Take(int start, int end, bool isCompound)
    {
        var source = text[start..Math.Min(end, start + MaxLength)];
        for (var index = 0; index < source.Length; index++)
            buffer[index] = char.ToLowerInvariant(source[index]);
        (Start, Length, IsCompound) = (start, end - start, isCompound);
        Current = Singular(buffer[..source.Length]);
        return true;
    }

    // Harman's S-stemmer (1991): the lightest that joins "arrays" and "array", and does not join what differs
    private static ReadOnlySpan<char> Singular(Span<char> word)
    {
        if (word.Length < 4 || word[^1] != 's')
            return word;
        switch (word[^2])
        {
            case 'e' when word[^3] == 'i' && word[^4] is not ('a' or 'e'):
                word[^3] = 'y';
                return word[..^2];
            case 'e' when word[^3] is 'a' or 'e' or 'o' or 'i':
            case 'u' or 's':
                return word;
            default:
                return word[..^1];
        }
    }
}
