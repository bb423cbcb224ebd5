using System.Diagnostics;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents;

/// <summary>
/// The approximate index against the exact scan on 200 000 x 384, for docs/documents.md: passages of a sentence or two of the reference documentation of
/// the SDK, embedded by the built-in embedder; the queries are passages that are not in the index. Explicit: run it by hand, in Release.
/// </summary>
public sealed class ApproximateMeasurements(ITestOutputHelper output) : IDisposable
{
    private const int Count = 200_000;
    private const int Queries = 200;
    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-approximate-").FullName;

    [Fact(Explicit = true)]
    public void On_real_passages()
    {
        var texts = Passages().Distinct(StringComparer.Ordinal).Take(Count + Queries).ToArray();
        output.WriteLine($"{texts.Length:n0} different passages");
        var random = new Random(3);
        random.Shuffle(texts);
        var fitter = new FeatureWeightsFitter();
        foreach (var text in texts)
            fitter.Add(text);
        using var embedder = new HashingEmbedder(fitter.Fit());
        var vectors = new float[texts.Length][];
        Parallel.For(0, texts.Length, index => embedder.Embed(texts[index], vectors[index] = new float[384]));
        Measure(vectors[..^Queries], vectors[^Queries..]);
    }

    [Fact(Explicit = true)]
    public void On_made_clusters()
    {
        var random = new Random(7);
        var centres = Enumerable.Range(0, 1000).Select(_ => Point(null, 1)).ToArray();
        var vectors = Enumerable.Range(0, Count + Queries).Select(_ => Point(centres[random.Next(centres.Length)], 1.2)).ToArray();
        Measure(vectors[..Count], vectors[Count..]);

        float[] Point(float[]? centre, double spread)
        {
            var point = new float[384];
            for (var index = 0; index < point.Length; index++)
                point[index] = (float)(spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) / Math.Sqrt(384)) + (centre?[index] ?? 0);
            System.Numerics.Tensors.TensorPrimitives.Divide(point, System.Numerics.Tensors.TensorPrimitives.Norm<float>(point), point);
            return point;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<string> Passages()
    {
        foreach (var document in DotnetReference.List(DotnetReference.FindRoot()).SelectMany(file => new SourceFileReader(file).ReadWhatCan((_, error) => throw error)))
        {
            foreach (var range in Sentences.Split(document.Text))
            {
                if (document.Text[range].Trim() is { Length: >= 25 } sentence)
                    yield return document.Title + "\n" + sentence;
            }
        }
    }

    private void Measure(float[][] rows, float[][] queries)
    {
        using var vectors = Write(rows);
        var watch = Stopwatch.StartNew();
        var path = Path.Combine(folder, ListsFile.FileName);
        using (var file = new HashedFileWriter(path))
        {
            new ListsBuilder(vectors).Write(file, CancellationToken.None);
            output.WriteLine($"building {ListsBuilder.ListsFor(rows.Length)} lists over {rows.Length:n0} vectors: {watch.Elapsed.TotalSeconds:n1} s, {file.Complete().Length / 1e6:n1} MB beside {new FileInfo(Path.Combine(folder, VectorFile.FileName)).Length / 1e6:n1} MB");
        }

        using var lists = new ListsFile(path);
        HashSet<int>[] exact = [.. queries.Select(query => VectorScan.Rank(vectors, query, 10).Select(static ranked => ranked.Passage).ToHashSet())];
        var flat = Times(query => VectorScan.Rank(vectors, query, 10));
        output.WriteLine($"exact scan: mean {flat.Mean:n2} ms, p99 {flat.P99:n2} ms");
        foreach (var (share, candidates) in new[] { (0.1, 1000), (0.2, 1000), (0.3, 500), (0.3, 1000), (0.5, 1000), (1.0, 1000), (1.0, 2000) })
        {
            var scan = new ListsScan(lists, vectors) { ProbeShare = share, Candidates = candidates };
            var found = queries.Select((query, index) => scan.Rank(query, 10, null).Count(ranked => exact[index].Contains(ranked.Passage))).Sum();
            var times = Times(query => scan.Rank(query, 10, null));
            output.WriteLine($"lists, {share:p0} of the vectors, {candidates} candidates: recall@10 {found / (double)exact.Sum(static one => one.Count):p1}, mean {times.Mean:n2} ms, p99 {times.P99:n2} ms, {flat.Mean / times.Mean:n1} times as fast");
        }

        (double Mean, double P99) Times(Action<float[]> search)
        {
            foreach (var query in queries.Take(30))
                search(query);
            var times = queries.Select(query =>
            {
                watch.Restart();
                search(query);
                return watch.Elapsed.TotalMilliseconds;
            }).Order().ToArray();
            return (times.Average(), times[times.Length * 99 / 100]);
        }
    }

    private VectorFile Write(float[][] rows)
    {
        var path = Path.Combine(folder, VectorFile.FileName);
        using (var file = new HashedFileWriter(path))
        {
            VectorFile.WriteHeader(file, rows.Length, rows[0].Length);
            foreach (var row in rows)
                file.Write((ReadOnlySpan<float>)row);
            file.Complete();
        }

        return new VectorFile(path);
    }
}
