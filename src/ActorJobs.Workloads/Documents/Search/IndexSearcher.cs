using System.Runtime.InteropServices;

namespace ActorJobs.Workloads.Documents;

/// <summary>Answers queries on one open version.</summary>
internal sealed class IndexSearcher(IndexReader index)
{
    // below this depth the fusion has too little to choose from
    private const int MinDepth = 100;

    /// <summary>The best documents, each by its best passage.</summary>
    public async ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var words = new QueryWords(query.Text);
        var depth = Depth(query.Count);
        var filter = PassageFilter.Of(index.Passages, query.Under);
        var byWords = query.Mode == SearchMode.Vector ? [] : Bm25.Rank(index.Postings, words.All, depth, filter);
        var byVector = query.Mode == SearchMode.Text ? [] : await RankByVectorAsync(query, depth, filter, cancellationToken);
        var ranking = query.Mode switch
        {
            SearchMode.Text => byWords,
            SearchMode.Vector => byVector,
            _ => ReciprocalRankFusion.Fuse(depth * 2, (byWords, 1f), (byVector, index.Embedder.RankWeight)),
        };
        return Explain(BestOfEachDocument(ranking, query.Count), query.Mode, words, byWords, byVector);
    }

    /// <summary>The documents most like the first passage of one; none when there is no such document.</summary>
    public IReadOnlyList<SearchHit> Similar(SimilarQuery query)
    {
        if (index.Passages.Find(query.DocumentId) is not { } passage)
            return [];
        var filter = PassageFilter.Of(index.Passages, query.Under);
        var ranking = RankByVector(index.Vectors[passage], Depth(query.Count), filter, exact: false);
        var others = BestOfEachDocument(ranking, query.Count, except: passage);
        return Explain(others, SearchMode.Vector, new QueryWords(""), [], ranking);
    }

    // several passages of one document make one hit, so look deeper than asked
    private static int Depth(int count) => Math.Max(MinDepth, count * 4);

    private async ValueTask<IReadOnlyList<Ranked>> RankByVectorAsync(SearchQuery query, int depth, PassageFilter? filter, CancellationToken cancellationToken)
    {
        if (index.Vectors.Count == 0)
            return [];
        var vectors = await index.Embedder.EmbedAsync([query.Text], cancellationToken);
        return RankByVector(vectors[0].Span, depth, filter, query.Exact);
    }

    private IReadOnlyList<Ranked> RankByVector(ReadOnlySpan<float> vector, int depth, PassageFilter? filter, bool exact) => index.Lists is { } lists && !exact
        ? new ListsScan(lists, index.Vectors).Rank(vector, depth, filter)
        : VectorScan.Rank(index.Vectors, vector, depth, filter);

    private List<Ranked> BestOfEachDocument(IReadOnlyList<Ranked> ranking, int count, int? except = null)
    {
        var best = new List<Ranked>(count);
        var unwanted = except is { } passage ? index.Passages.DocumentId(passage) : default;
        foreach (var candidate in ranking)
        {
            if (best.Count == count)
                break;
            var id = index.Passages.DocumentId(candidate.Passage);
            var isNew = except is null || !unwanted.SequenceEqual(id);
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
