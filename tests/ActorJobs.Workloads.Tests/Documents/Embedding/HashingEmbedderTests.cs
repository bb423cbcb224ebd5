using System.Numerics.Tensors;
using ActorJobs.Workloads.Documents;
using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Tests.Documents.Embedding;

public sealed class HashingEmbedderTests
{
    private static readonly string[] Corpus =
    [
        "Removes the first element of the list.",
        "Deletes the file at the path.",
        "Encrypts the block with the key.",
        "Adds an element to the end of the list.",
        "Parses the number in the given culture.",
        "Compares two strings without regard to case.",
        "Opens the connection to the server.",
    ];

    [Fact]
    public void Vectors_have_length_one_and_do_not_depend_on_the_instance()
    {
        var first = Vector(Corpus[0]);

        Assert.Equal(1f, TensorPrimitives.Norm<float>(first), 1e-5f);
        Assert.Equal(first, Vector(Corpus[0]));
    }

    [Fact]
    public void A_feature_lands_where_it_always_did()
    {
        // the layout is what stored vectors are compared by: changing it takes a new algorithm name
        var vector = Vector("list", dimensions: 16);

        Assert.Equal("-0++-+0----+++0+", string.Concat(vector.Select(value => Math.Abs(value) < 1e-6 ? '0' : value > 0 ? '+' : '-')));
    }

    [Theory]
    [InlineData("Remove an element from the list", 0)]
    [InlineData("file deletion: delete files by path", 1)]
    [InlineData("encrypting blocks", 2)]
    [InlineData("string comparsion", 5)]
    [InlineData("openning conections", 6)]
    public void The_nearest_text_is_the_one_that_shares_most(string query, int expected)
    {
        var vector = Vector(query);

        var nearest = Enumerable.Range(0, Corpus.Length).MaxBy(index => TensorPrimitives.Dot<float>(vector, Vector(Corpus[index])));

        Assert.Equal(expected, nearest);
    }

    [Fact]
    public void A_text_of_nothing_known_is_near_nothing()
    {
        Assert.All(Vector("…"), value => Assert.Equal(0, value));
        Assert.All(Vector("zzqqx"), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task It_is_an_embedding_generator()
    {
        using var generator = new HashingEmbedder(Fit());

        var embeddings = await ((IEmbeddingGenerator<string, Embedding<float>>)generator).GenerateAsync(Corpus);

        Assert.Equal(Corpus.Select(text => Vector(text)), embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Same(generator, generator.GetService(typeof(HashingEmbedder)));
    }

    [Fact]
    public void Rare_features_weigh_more_than_common_ones_and_unseen_ones_nothing()
    {
        var weights = FeatureWeights.FromFrequencies(Frequencies((0, 1), (1, 50), (2, 100)), 100);

        Assert.True(At(0) > At(1));
        Assert.True(At(1) > At(2));
        Assert.Equal(0, At(3));
        Assert.Equal(Math.Log(1 + (99.5 / 1.5)), At(0), 0.05);

        float At(ulong bucket) => weights[bucket << 44];
    }

    [Fact]
    public void Weights_survive_their_bytes_and_are_named_by_them()
    {
        var weights = Fit();

        Assert.Equal(weights.Hash, new FeatureWeights(weights.Bytes.ToArray()).Hash);
        Assert.Throws<InvalidDataException>(() => new FeatureWeights(new byte[5]));
    }

    private static int[] Frequencies(params (int Bucket, int Count)[] counts)
    {
        var frequencies = new int[FeatureWeights.Buckets];
        foreach (var (bucket, count) in counts)
            frequencies[bucket] = count;
        return frequencies;
    }

    private static FeatureWeights Fit()
    {
        var fitter = new FeatureWeightsFitter();
        foreach (var text in Corpus)
            fitter.Add(text);
        return fitter.Fit();
    }

    private static float[] Vector(string text, int dimensions = HashingEmbedder.DefaultDimensions)
    {
        using var embedder = new HashingEmbedder(Fit(), dimensions);
        var vector = new float[dimensions];
        embedder.Embed(text, vector);
        return vector;
    }
}
