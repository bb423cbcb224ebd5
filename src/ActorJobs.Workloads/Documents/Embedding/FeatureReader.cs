namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The features of a text, as 64-bit hashes: its words, its pairs of neighbouring words, and the runs of three and of four letters within its words
/// (with the word's edges), which keep misspelt and inflected words near. The lowest two bits tell the sort of feature.
/// </summary>
internal static class FeatureReader
{
    public const int Word = 0;
    public const int Pair = 1;
    public const int Letters = 2;

    private const int ShortRun = 3;
    private const int LongRun = 4;
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Replaces <paramref name="features"/> by those of <paramref name="text"/>, repeated as often as they occur.</summary>
    public static void Read(ReadOnlySpan<char> text, List<ulong> features)
    {
        features.Clear();
        Span<char> buffer = stackalloc char[WordReader.MaxLength + 2];
        var words = new WordReader(text, buffer[1..^1]);
        ulong previous = 0;
        while (words.Read())
        {
            var hash = Hash(words.Current, Offset);
            features.Add(Tagged(hash, Word));
            // its parts were read already, and have given their letters and pairs
            if (words.IsCompound)
                continue;
            if (previous != 0)
                features.Add(Tagged((previous * Prime) ^ hash, Pair));
            previous = hash;
            AddLetters(words.Current.Length, buffer, features);
        }
    }

    private static void AddLetters(int length, Span<char> buffer, List<ulong> features)
    {
        // the word stands in the buffer from the second character on: its edges become letters of their own
        buffer[0] = '<';
        buffer[length + 1] = '>';
        var edged = buffer[..(length + 2)];
        AddRuns(edged, ShortRun, features);
        AddRuns(edged, LongRun, features);
    }

    private static void AddRuns(ReadOnlySpan<char> edged, int length, List<ulong> features)
    {
        for (var start = 0; start + length <= edged.Length; start++)
            features.Add(Tagged(Hash(edged.Slice(start, length), Offset ^ Prime), Letters));
    }

    // FNV-1a over UTF-16 code units with a final mix: the same on every machine, which string.GetHashCode is not
    private static ulong Hash(ReadOnlySpan<char> value, ulong seed)
    {
        var hash = seed;
        foreach (var character in value)
            hash = (hash ^ character) * Prime;
        return Mix(hash);
    }

    private static ulong Tagged(ulong hash, int sort) => (Mix(hash) & ~3ul) | (uint)sort;

    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
