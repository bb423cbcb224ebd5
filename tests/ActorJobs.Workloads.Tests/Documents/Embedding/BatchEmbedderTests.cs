using ActorJobs.Workloads.Documents;
using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Tests.Documents.Embedding;

public sealed class BatchEmbedderTests
{
    [Fact]
    public async Task A_document_that_is_refused_does_not_take_its_batch_with_it()
    {
        var batch = await EmbedAsync(new FakeGenerator(text => text.Contains("poison", StringComparison.Ordinal)), "good", "poison", "fine");

        Assert.Equal(["good", "fine"], batch.Passages.Select(embedded => embedded.Passage.Text));
        Assert.Equal(("poison", "embed", "refused: poison"), (batch.Refused[0].Id, batch.Refused[0].Stage, batch.Refused[0].Error));
        Assert.Equal(2, batch.Documents);
    }

    [Fact]
    public async Task A_batch_of_poison_alone_is_told_from_an_embedder_that_is_down()
    {
        var batch = await EmbedAsync(new FakeGenerator(text => text.Contains("poison", StringComparison.Ordinal)), "poison");
        Assert.Equal("poison", Assert.Single(batch.Refused).Id);

        await Assert.ThrowsAsync<EmbedderUnavailableException>(() => EmbedAsync(new FakeGenerator(static _ => true), "good"));
    }

    [Fact]
    public async Task Vectors_of_others_are_brought_to_length_one()
    {
        var batch = await EmbedAsync(new FakeGenerator(static _ => false), "a");

        Assert.Equal([0.6f, 0.8f], batch.Passages[0].Vector.ToArray());
    }

    private static async Task<EmbeddedBatch> EmbedAsync(FakeGenerator generator, params string[] texts)
    {
        var documents = texts.Select(text => new ChunkedDocument(new SourceDocument(text, "", text), [new Passage(text, 0, "", text)])).ToArray();
        return await new BatchEmbedder(new Embedder("fake", generator, null)).EmbedAsync(documents, CancellationToken.None);
    }
}

/// <summary>Gives (3, 4) for every text, unless one of them is refused.</summary>
internal sealed class FakeGenerator(Func<string, bool> refuses) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        return texts.FirstOrDefault(refuses) is { } refused
            ? throw new InvalidOperationException($"refused: {refused.Trim()}")
            : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(static _ => new Embedding<float>(new float[] { 3, 4 }))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // holds nothing
    }
}
