using System.Runtime.InteropServices;

namespace ActorJobs.Workloads.Documents;

/// <summary>Answers queries on one open version.</summary>
internal sealed class IndexSearcher(IndexReader index)
{
    // below this depth the fusion has too little to choose from
    private const int MinDepth = 100;

    /// <summary>The best documents, each by its best passage.</summary>
    public async ValueTask<IReadOnlyList<SearchHit>> SearchAsync(string query, int count, SearchMode mode, CancellationToken cancellationToken)
    {
        var words = new QueryWords(query);
        // several passages of one document make one hit, so look deeper than asked
        var depth = Math.Max(MinDepth, count * 4);
        var byWords = mode == SearchMode.Vector ? [] : Bm25.Rank(index.Postings, words.All, depth);
        var byVector = mode == SearchMode.Text ? [] : await RankByVectorAsync(query, depth, cancellationToken);
        var ranking = mode switch
        {
            SearchMode.Text => byWords,
            SearchMode.Vector => byVector,
            _ => ReciprocalRankFusion.Fuse(depth * 2, (byWords, 1f), (byVector, index.Embedder.RankWeight)),
        };
        return Explain(BestOfEachDocument(ranking, count), mode, words, byWords, byVector);
    }

    private async ValueTask<IReadOnlyList<Ranked>> RankByVectorAsync(string query, int depth, CancellationToken cancellationToken)
    {
        if (index.Vectors.Count == 0)
            return [];
        var vectors = await index.Embedder.EmbedAsync([query], cancellationToken);
        return VectorScan.Rank(index.Vectors, vectors[0].Span, depth);
    }

    private List<Ranked> BestOfEachDocument(IReadOnlyList<Ranked> ranking, int count)
    {
        var best = new List<Ranked>(count);
        foreach (var candidate in ranking)
        {
            if (best.Count == count)
                break;
            var id = index.Passages.DocumentId(candidate.Passage);
            var isNew = true;
            foreach (ref readonly var chosen in CollectionsMarshal.AsSpan(best))
                isNew &= !index.Passages.DocumentId(chosen.Passage).SequenceEqual(id);
            if (isNew)
                best.Add(candidate);
        }

        return best;
    }

    private IReadOnlyList<SearchHit> Explain(
        List<Ranked> best, SearchMode mode, QueryWords words, IReadOnlyList<Ranked> byWords, IReadOnlyList<Ranked> byVector)
    {
        var wordRanks = Ranks(byWords);
        var vectorRanks = Ranks(byVector);
        var terms = Bm25.Explain(index.Postings, words.All, best.Select(ranked => ranked.Passage).Where(wordRanks.ContainsKey));
        return [.. best.Select(Hit)];

        SearchHit Hit(Ranked ranked)
        {
            var passage = index.Passages[ranked.Passage];
            return new SearchHit(
                passage.DocumentId, passage.Title, passage.Ordinal, passage.Text, words.Find(passage.Text), ranked.Score,
                wordRanks.TryGetValue(ranked.Passage, out var word) ? new WordScore(word.Rank, word.Score, Share(word, 1), terms[ranked.Passage]) : null,
                vectorRanks.TryGetValue(ranked.Passage, out var vector) ? new VectorScore(vector.Rank, vector.Score, Share(vector, index.Embedder.RankWeight)) : null);
        }

        float Share((int Rank, float Score) place, float weight) => mode == SearchMode.Hybrid ? weight * ReciprocalRankFusion.Share(place.Rank) : place.Score;
    }

    private static Dictionary<int, (int Rank, float Score)> Ranks(IReadOnlyList<Ranked> ranking) =>
        ranking.Select((ranked, position) => (ranked, position)).ToDictionary(pair => pair.ranked.Passage, pair => (pair.position + 1, pair.ranked.Score));
}
