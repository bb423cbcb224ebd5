using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Search;

public sealed class Bm25Tests : IDisposable
{
    private static readonly string[] Vocabulary = ["array", "bit", "list", "the", "key", "value", "größe", "parser"];
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void Scores_are_those_of_the_formula()
    {
        using var postings = Build("array array bit", "bit list", "the key");

        var ranked = Bm25.Rank(postings, ["array", "bit"], 10);

        // N = 3, mean length 7/3; array is in 1 passage, twice in the first; bit in 2
        var (arrays, bits) = (Math.Log(1 + (2.5 / 1.5)), Math.Log(1 + (1.5 / 2.5)));
        var first = (arrays * 2 * 2.2 / (2 + (1.2 * (0.25 + (0.75 * 3 / (7 / 3.0)))))) + (bits * 2.2 / (1 + (1.2 * (0.25 + (0.75 * 3 / (7 / 3.0))))));
        var second = bits * 2.2 / (1 + (1.2 * (0.25 + (0.75 * 2 / (7 / 3.0)))));
        Assert.Equal([0, 1], ranked.Select(one => one.Passage));
        Assert.Equal(first, ranked[0].Score, 1e-5);
        Assert.Equal(second, ranked[1].Score, 1e-5);
    }

    [Fact]
    public void The_explanation_adds_up_to_the_score()
    {
        using var postings = Build("array array bit", "bit list", "the key");
        var ranked = Bm25.Rank(postings, ["array", "bit", "none"], 10);

        var explained = Bm25.Explain(postings, ["array", "bit", "none"], [0, 1]);

        Assert.Equal(ranked[0].Score, explained[0].Sum(term => term.Score), 1e-5f);
        Assert.Equal([("array", 2), ("bit", 1)], explained[0].Select(term => (term.Term, term.Frequency)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_list_holds_the_passages_that_have_the_word(int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 400).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(6)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]))).ToArray();
        using var postings = Build(texts);

        foreach (var word in Vocabulary)
        {
            var list = postings.Find(word);
            var found = new List<(int, int)>();
            while (list.Read())
                found.Add((list.Passage, list.Frequency));

            Assert.Equal(
                texts.Select((text, passage) => (passage, text.Split(' ').Count(one => one == word))).Where(pair => pair.Item2 > 0), found);
            Assert.Equal(found.Count, list.Count);
        }

        Assert.Equal(0, postings.Find("absent").Count);
        Assert.Equal(texts.Length, postings.Passages);
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        using var postings = Build();

        Assert.Empty(Bm25.Rank(postings, ["array"], 10));
    }

    public void Dispose() => File.Delete(path);

    private PostingsFile Build(params string[] texts)
    {
        var builder = new PostingsBuilder();
        foreach (var text in texts)
            builder.Add(text);
        using (var file = new HashedFileWriter(path))
            builder.Write(file);
        return new PostingsFile(path);
    }
}
