using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents;

/// <summary>An index of given documents, made without jobs.</summary>
internal static class IndexOf
{
    public static IndexReader Documents(DocumentsFixture fixture, IEnumerable<SourceDocument> documents, string index = "made", int listsFrom = 10_000)
    {
        var all = documents.ToArray();
        var fitter = new FeatureWeightsFitter();
        foreach (var document in all)
            fitter.Add(document.Title + "\n" + document.Text);
        var weights = fitter.Fit();
        using var embedder = new HashingEmbedder(weights);
        var layout = fixture.Layout(index);
        var hash = ContentHash.Of(all.Select(document => document.Id).Prepend("made"));
        using (var segment = new SegmentWriter(layout.Segment(hash), ".tmp"))
        {
            var vector = new float[embedder.Dimensions];
            foreach (var document in all)
            {
                var passage = new Passage(document.Id, 0, document.Title, document.Text);
                embedder.Embed(passage.Searchable, vector);
                segment.Add(passage, vector);
            }

            segment.Complete(new SegmentReport(all.Length, all.Length, false, []));
        }

        var manifest = new IndexBuilder(layout).Build(
            new BuildRecipe(hash, "made", Embedders.BuiltIn, Embedder.BuiltIn(weights).Id, weights, [hash], listsFrom), DateTimeOffset.UnixEpoch, static _ => { }, CancellationToken.None);
        return IndexReader.Open(layout.Version(manifest.Version), fixture.Embedders);
    }
}
