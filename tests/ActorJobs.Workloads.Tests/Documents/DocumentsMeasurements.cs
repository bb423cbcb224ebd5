using System.Diagnostics;
using System.Text.RegularExpressions;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents;

/// <summary>
/// The figures of docs/documents.md, on the reference documentation of the SDK this runs on. Explicit: run it by hand on an idle machine, in Release.
/// </summary>
public sealed partial class DocumentsMeasurements(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public void Embedding_on_one_core()
    {
        var texts = ReadAll().Select(document => document.Title + "\n" + document.Text).ToArray();
        var fitting = Stopwatch.StartNew();
        var fitter = new FeatureWeightsFitter();
        foreach (var text in texts)
            fitter.Add(text);
        var weights = fitter.Fit();
        output.WriteLine($"learning from {texts.Length:n0} documents: {fitting.Elapsed.TotalSeconds:n2} s");
        foreach (var dimensions in new[] { 256, 384 })
        {
            using var embedder = new HashingEmbedder(weights, dimensions);
            var vector = new float[dimensions];
            var watch = Stopwatch.StartNew();
            foreach (var text in texts)
                embedder.Embed(text, vector);
            output.WriteLine($"{dimensions} dimensions: {texts.Length / watch.Elapsed.TotalSeconds:n0} documents/s, {texts.Sum(text => (long)text.Length) / 1e6 / watch.Elapsed.TotalSeconds:n1} million characters/s");
        }
    }

    [Fact(Explicit = true)]
    public async Task Rebuilding_and_searching()
    {
        using var fixture = new DocumentsFixture();
        fixture.Define("dotnet", DocumentSources.Dotnet);
        var watch = Stopwatch.StartNew();
        var first = await fixture.RebuildAsync("dotnet", "first");
        output.WriteLine($"rebuild: {watch.Elapsed.TotalSeconds:n2} s, {first.Documents / watch.Elapsed.TotalSeconds:n0} documents/s; {first}");
        fixture.Jobs = new FakeJobs(fixture.Services);
        watch.Restart();
        output.WriteLine($"again: {await fixture.RebuildAsync("dotnet", "second")} in {watch.Elapsed.TotalSeconds:n2} s");
        watch.Restart();
        var reader = IndexReader.Open(fixture.Layout("dotnet").Version(1), fixture.Embedders);
        output.WriteLine($"opening and verifying {reader.Manifest.Bytes / 1e6:n1} MB: {watch.Elapsed.TotalMilliseconds:n0} ms");
        foreach (var file in reader.Manifest.Files)
            output.WriteLine($"  {file.Name} {file.Length / 1e6:n1} MB");

        var random = new Random(1);
        var queries = Enumerable.Range(0, 500).Select(_ => reader.Passages[random.Next(reader.Passages.Count)]).Select(passage => FirstSentence(passage.Text)).ToArray();
        foreach (var mode in Enum.GetValues<SearchMode>())
        {
            foreach (var query in queries.Take(50))
                await new IndexSearcher(reader).SearchAsync(new SearchQuery(query, 10, mode), CancellationToken.None);
            var times = new List<double>();
            foreach (var query in queries)
            {
                watch.Restart();
                await new IndexSearcher(reader).SearchAsync(new SearchQuery(query, 10, mode), CancellationToken.None);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            output.WriteLine($"{mode}: p50 {times[times.Count / 2]:n2} ms, p99 {times[times.Count * 99 / 100]:n2} ms");
        }

        reader.Release();
    }

    [Fact(Explicit = true)]
    public async Task Recall()
    {
        var documents = ReadAll().ToArray();
        await MeasureAsync("first sentence, held out", documents.Select(HoldOutFirstSentence));
        await MeasureAsync("member name, held out", documents.Select(HoldOutName));
        await MeasureAsync("first sentence, two letters of every longer word swapped", documents.Select(Misspell));
    }

    private async Task MeasureAsync(string name, IEnumerable<(SourceDocument Indexed, string? Query)> cases)
    {
        using var fixture = new DocumentsFixture();
        var all = cases.ToArray();
        var reader = IndexOf.Documents(fixture, all.Select(one => one.Indexed));
        // not the queries that the weights were chosen by
        var random = new Random(11);
        var asked = all.Where(one => one.Query is not null).OrderBy(_ => random.Next()).Take(1000).ToArray();
        output.WriteLine($"{name}: {asked.Length} queries, {reader.Passages.Count} passages");
        foreach (var mode in new[] { SearchMode.Text, SearchMode.Vector, SearchMode.Hybrid })
        {
            var (found, first) = (0, 0);
            foreach (var (indexed, query) in asked)
            {
                var hits = await new IndexSearcher(reader).SearchAsync(new SearchQuery(query!, 10, mode), CancellationToken.None);
                found += hits.Any(hit => Group(hit.DocumentId) == Group(indexed.Id)) ? 1 : 0;
                first += hits.Count > 0 && Group(hits[0].DocumentId) == Group(indexed.Id) ? 1 : 0;
            }

            output.WriteLine($"  {mode,-7} recall@10 {(double)found / asked.Length:p1}  recall@1 {(double)first / asked.Length:p1}");
        }

        reader.Release();
    }

    // overloads say the same in the same words: any of them is right
    private static string Group(string id) => id.Split('(')[0];

    private static (SourceDocument, string?) HoldOutFirstSentence(SourceDocument document)
    {
        var first = FirstSentence(document.Text);
        return first.Length >= 30 && document.Text.Length - first.Length >= 30
            ? (document with { Text = document.Text[first.Length..].Trim() }, first)
            : (document, null);
    }

    private static (SourceDocument, string?) HoldOutName(SourceDocument document)
    {
        var name = MemberName.Short(document.Title);
        return name.Length >= 8 && document.Title.Contains('.') && document.Text.Length >= 60
            ? (document with { Title = "" }, string.Join('.', document.Title.Split('.')[^2..]))
            : (document with { Title = "" }, null);
    }

    private static (SourceDocument, string?) Misspell(SourceDocument document)
    {
        var first = FirstSentence(document.Text);
        return first.Length < 30 ? (document, null) : (document, LongWord().Replace(first, static word => word.Groups[1].Value + word.Groups[3].Value + word.Groups[2].Value));
    }

    [GeneratedRegex(@"(?<![a-zA-Z])([a-zA-Z]{2})([a-zA-Z])([a-zA-Z])(?=[a-zA-Z])")]
    private static partial Regex LongWord();

    private static string FirstSentence(string text) => text[Sentences.Split(text)[0]];

    private static IEnumerable<SourceDocument> ReadAll() =>
        DotnetReference.List(DotnetReference.FindRoot()).SelectMany(file => new SourceFileReader(file).ReadWhatCan((_, error) => throw error));
}
