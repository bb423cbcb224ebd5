namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Keeps what the built-in embedder has learned of a source. It is learned once and kept while the source stays about as large: learning anew for every
/// change would change every vector, and no segment could ever be used again.
/// </summary>
internal static class FeatureWeightsStore
{
    private const double TolerableGrowth = 0.25;

    public static FeatureWeights Open(IndexLayout layout, string hash)
    {
        var weights = new FeatureWeights(File.ReadAllBytes(layout.Weights(hash)));
        return weights.Hash == hash ? weights : throw new InvalidDataException($"The weights {hash} are damaged.");
    }

    /// <summary>The weights to embed the files by, learned now if need be.</summary>
    public static FeatureWeights OpenOrFit(
        IndexLayout layout, string source, IReadOnlyList<SourceFile> files, int maxDocuments, bool refit, CancellationToken cancellationToken)
    {
        var length = files.Sum(file => file.Length);
        if (!refit && DurableFiles.ReadJson<Fitted>(layout.Fit) is { } fitted && fitted.Source == source
            && Math.Abs(length - fitted.SourceLength) <= fitted.SourceLength * TolerableGrowth && File.Exists(layout.Weights(fitted.Weights)))
            return Open(layout, fitted.Weights);

        var weights = Fit(files, maxDocuments, cancellationToken);
        DurableFiles.Write(layout.Weights(weights.Hash), weights.Bytes.Span);
        DurableFiles.WriteJson(layout.Fit, new Fitted(source, weights.Hash, length));
        return weights;
    }

    private static FeatureWeights Fit(IReadOnlyList<SourceFile> files, int maxDocuments, CancellationToken cancellationToken)
    {
        var fitter = new FeatureWeightsFitter();
        // by hash: should not all documents be taken, those that are come from all over the source
        foreach (var file in files.OrderBy(file => file.Sha256, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var document in new SourceFileReader(file).ReadWhatCan(static (_, _) => { }))
            {
                if (fitter.Documents == maxDocuments)
                    return fitter.Fit();
                fitter.Add(document.Title + "\n" + document.Text);
            }
        }

        return fitter.Fit();
    }

    private sealed record Fitted(string Source, string Weights, long SourceLength);
}
