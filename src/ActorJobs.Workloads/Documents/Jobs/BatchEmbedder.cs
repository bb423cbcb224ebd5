namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Embeds documents together, and one by one when that fails, so that one which the embedder refuses does not take the others with it. When every one
/// fails, a harmless text tells whether the documents are to blame or the embedder.
/// </summary>
internal sealed class BatchEmbedder(Embedder embedder)
{
    private const string Probe = "A text that any embedder can embed.";

    /// <exception cref="EmbedderUnavailableException">The embedder embeds nothing now.</exception>
    public async ValueTask<EmbeddedBatch> EmbedAsync(IReadOnlyList<ChunkedDocument> batch, CancellationToken cancellationToken)
    {
        try
        {
            return new EmbeddedBatch(batch.Count, await EmbedTogetherAsync(batch, cancellationToken), []);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return await EmbedOneByOneAsync(batch, exception, cancellationToken);
        }
    }

    private async Task<EmbeddedBatch> EmbedOneByOneAsync(IReadOnlyList<ChunkedDocument> batch, Exception together, CancellationToken cancellationToken)
    {
        await ProbeAsync(together, cancellationToken);
        var passages = new List<EmbeddedPassage>();
        var refused = new List<SetAsideDocument>();
        foreach (var document in batch)
        {
            try
            {
                passages.AddRange(await EmbedTogetherAsync([document], cancellationToken));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                refused.Add(new SetAsideDocument(document.Document.Id, "embed", exception.Message));
            }
        }

        // it may have gone down in between
        if (refused.Count > 0)
            await ProbeAsync(together, cancellationToken);
        return new EmbeddedBatch(batch.Count - refused.Count, passages, refused);
    }

    private async Task<IReadOnlyList<EmbeddedPassage>> EmbedTogetherAsync(IReadOnlyList<ChunkedDocument> batch, CancellationToken cancellationToken)
    {
        Passage[] passages = [.. batch.SelectMany(document => document.Passages)];
        if (passages.Length == 0)
            return [];
        var vectors = await embedder.EmbedAsync([.. passages.Select(passage => passage.Searchable)], cancellationToken);
        return [.. passages.Zip(vectors, static (passage, vector) => new EmbeddedPassage(passage, vector))];
    }

    private async Task ProbeAsync(Exception cause, CancellationToken cancellationToken)
    {
        try
        {
            await embedder.EmbedAsync([Probe], cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmbedderUnavailableException(cause);
        }
    }
}

/// <summary>A batch's documents that are embedded, and those that were refused.</summary>
internal sealed record EmbeddedBatch(int Documents, IReadOnlyList<EmbeddedPassage> Passages, IReadOnlyList<SetAsideDocument> Refused);

/// <summary>A passage with its vector.</summary>
internal readonly record struct EmbeddedPassage(Passage Passage, ReadOnlyMemory<float> Vector);

/// <summary>The embedder embeds nothing now: the attempt fails and is retried.</summary>
internal sealed class EmbedderUnavailableException(Exception cause) : Exception($"The embedder is not to be had: {cause.Message}", cause);
