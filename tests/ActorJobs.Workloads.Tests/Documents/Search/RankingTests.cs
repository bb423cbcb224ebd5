using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Search;

public sealed class RankingTests
{
    [Fact]
    public void Fusing_adds_one_over_sixty_and_the_rank_of_each_ranking()
    {
        var fused = ReciprocalRankFusion.Fuse(10, (Ranking(1, 2, 3), 1f), (Ranking(3, 1), 1f));

        Assert.Equal([1, 3, 2], fused.Select(ranked => ranked.Passage));
        Assert.Equal((1f / 61) + (1f / 62), fused[0].Score, 1e-6f);
        Assert.Equal((1f / 63) + (1f / 61), fused[1].Score, 1e-6f);
        Assert.Equal(1f / 62, fused[2].Score, 1e-6f);
    }

    [Fact]
    public void A_ranking_with_less_weight_has_less_say()
    {
        var fused = ReciprocalRankFusion.Fuse(10, (Ranking(1), 1f), (Ranking(2), 0.5f));

        Assert.Equal([1, 2], fused.Select(ranked => ranked.Passage));
        Assert.Equal(0.5f / 61, fused[1].Score, 1e-6f);
    }

    [Fact]
    public void Ties_go_to_the_earlier_passage_and_the_count_is_kept()
    {
        Assert.Equal([4, 7], ReciprocalRankFusion.Fuse(2, (Ranking(7), 1f), (Ranking(4), 1f)).Select(ranked => ranked.Passage));
        Assert.Empty(ReciprocalRankFusion.Fuse(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_top_is_what_sorting_all_would_give(int seed)
    {
        var random = new Random(seed);
        var scores = Enumerable.Range(0, 300).Select(_ => (float)random.Next(40)).ToArray();
        var top = new TopRanking(20);

        for (var passage = 0; passage < scores.Length; passage++)
            top.Offer(passage, scores[passage]);

        Assert.Equal(
            scores.Select((score, passage) => new Ranked(passage, score)).OrderByDescending(ranked => ranked.Score).ThenBy(ranked => ranked.Passage).Take(20),
            top.ToList());
    }

    [Fact]
    public void Highlights_cover_the_querys_words_in_any_form()
    {
        const string Text = "A BitArray holds bits; an Array holds values.";

        var highlights = new QueryWords("bit array").Find(Text);

        Assert.Equal(["Bit", "Array", "bits", "Array"], highlights.Select(place => Text.Substring(place.Start, place.Length)));
        Assert.Equal(["BitArray"], new QueryWords("BitArray").Find("new BitArray()").Select(place => "new BitArray()".Substring(place.Start, place.Length)));
    }

    private static Ranked[] Ranking(params int[] passages) => [.. passages.Select((passage, index) => new Ranked(passage, 100f - index))];
}
