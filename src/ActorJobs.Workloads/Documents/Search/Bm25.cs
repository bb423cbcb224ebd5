using System.Buffers;

namespace ActorJobs.Workloads.Documents;

/// <summary>Okapi BM25 (Robertson and Zaragoza, 2009) with the parameters usual for short texts.</summary>
internal static class Bm25
{
    public const float K1 = 1.2f;
    public const float B = 0.75f;

    /// <summary>The best passages for the words.</summary>
    public static IReadOnlyList<Ranked> Rank(PostingsFile postings, IReadOnlyCollection<string> words, int count, PassageFilter? filter = null)
    {
        var scores = ArrayPool<float>.Shared.Rent(postings.Passages);
        try
        {
            var all = scores.AsSpan(0, postings.Passages);
            all.Clear();
            foreach (var word in words)
                Accumulate(postings, word, all);
            var top = new TopRanking(count);
            for (var passage = 0; passage < all.Length; passage++)
            {
                if (all[passage] > 0 && all[passage] > top.Threshold && filter?.Allows(passage) != false)
                    top.Offer(passage, all[passage]);
            }

            return top.ToList();
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    /// <summary>What each word adds to each of the passages.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<TermScore>> Explain(
        PostingsFile postings, IReadOnlyCollection<string> words, IEnumerable<int> passages)
    {
        int[] wanted = [.. passages.Order()];
        var explained = wanted.ToDictionary(passage => passage, _ => new List<TermScore>());
        foreach (var word in words)
            Explain(postings, word, wanted, explained);
        return explained.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<TermScore>)[.. pair.Value.OrderByDescending(term => term.Score)]);
    }

    internal static float Weight(int passages, int containing) => MathF.Log(1 + ((passages - containing + 0.5f) / (containing + 0.5f)));

    // both ascend, so a long list costs a comparison for each of its passages, and ends behind the last one that is wanted
    private static void Explain(PostingsFile postings, string word, ReadOnlySpan<int> wanted, Dictionary<int, List<TermScore>> explained)
    {
        var list = postings.Find(word);
        var weight = Weight(postings.Passages, list.Count);
        var saturation = new Saturation(postings.AverageLength);
        while (!wanted.IsEmpty && list.Read())
        {
            while (!wanted.IsEmpty && wanted[0] < list.Passage)
                wanted = wanted[1..];
            if (!wanted.IsEmpty && wanted[0] == list.Passage)
                explained[list.Passage].Add(new TermScore(word, list.Frequency, weight * saturation.Of(list.Frequency, postings.Lengths[list.Passage])));
        }
    }

    private static void Accumulate(PostingsFile postings, string word, Span<float> scores)
    {
        var list = postings.Find(word);
        var weight = Weight(postings.Passages, list.Count);
        var lengths = postings.Lengths;
        var saturation = new Saturation(postings.AverageLength);
        while (list.Read())
            scores[list.Passage] += weight * saturation.Of(list.Frequency, lengths[list.Passage]);
    }

    /// <summary>How much more a word counts that occurs more often, and in a shorter passage. What is the same for all passages is computed once.</summary>
    private readonly struct Saturation(float averageLength)
    {
        private readonly float perWord = K1 * B / averageLength;

        public float Of(int frequency, int length) => frequency * (K1 + 1) / (frequency + (K1 * (1 - B)) + (perWord * length));
    }
}

/// <summary>What one word adds to a passage's score.</summary>
/// <param name="Term">The word as it is indexed.</param>
/// <param name="Frequency">How often it occurs in the passage.</param>
/// <param name="Score">What it adds.</param>
public sealed record TermScore(string Term, int Frequency, float Score);
