namespace ActorJobs.Workloads.Documents;

/// <summary>Cuts texts into passages that an embedder can take, at the ends of sentences.</summary>
/// <param name="Size">The longest passage, in characters.</param>
/// <param name="Overlap">How much of a passage's end the next one repeats at most, in whole sentences, so that no thought is cut from its context.</param>
internal sealed record Chunker(int Size, int Overlap)
{
    /// <summary>Covers the text from its first character to its last; a text that is only spaces has no passage.</summary>
    public IReadOnlyList<Range> Split(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        if (text.Length <= Size)
            return [Range.All];

        var sentences = Pieces(text);
        var chunks = new List<Range>();
        var first = 0;
        while (first < sentences.Count)
        {
            var start = sentences[first].Start.Value;
            var end = first + 1;
            while (end < sentences.Count && sentences[end].End.Value - start <= Size)
                end++;
            chunks.Add(start..sentences[end - 1].End);
            first = end == sentences.Count ? end : NextFirst(sentences, first, end);
        }

        return chunks;
    }

    // back over whole sentences while they fit the overlap, always ahead of where this passage began, and so that the sentence behind fits as well
    private int NextFirst(List<Range> sentences, int first, int end)
    {
        var next = end;
        while (next - 1 > first
            && sentences[end - 1].End.Value - sentences[next - 1].Start.Value <= Overlap
            && sentences[end].End.Value - sentences[next - 1].Start.Value <= Size)
            next--;
        return next;
    }

    /// <summary>The sentences; one that is longer than a passage is cut at spaces, or where it must be.</summary>
    private List<Range> Pieces(string text)
    {
        var pieces = new List<Range>();
        foreach (var sentence in Sentences.Split(text))
        {
            var (start, end) = (sentence.Start.Value, sentence.End.Value);
            while (end - start > Size)
            {
                var cut = text.LastIndexOf(' ', start + Size - 1, Size / 2) + 1;
                if (cut <= start)
                    cut = start + Size;
                // a character outside the basic plane is two halves
                if (char.IsLowSurrogate(text[cut]))
                    cut--;
                pieces.Add(start..cut);
                start = cut;
            }

            pieces.Add(start..end);
        }

        return pieces;
    }
}
