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
    private const int Timed = 100;
    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-approximate-").FullName;

    [Fact(Explicit = true)]
    public void On_real_passages()
    {
        var texts = Passages().Distinct(StringComparer.Ordinal).ToArray();
        output.WriteLine($"{texts.Length:n0} different passages");
        var random = new Random(3);
        random.Shuffle(texts);
        texts = texts[..(Count + Queries)];
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
            // sentences, and then pairs of neighbours, as the overlap of chunks has it: sentences alone are fewer than are wanted
            var sentences = Sentences.Split(document.Text);
            for (var first = 0; first < sentences.Count; first++)
            {
                for (var last = first; last <= first + 1 && last < sentences.Count; last++)
                {
                    if (document.Text[sentences[first].Start..sentences[last].End].Trim() is { Length: >= 25 } passage)
                        yield return document.Title + "\n" + passage;
                }
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
        // 10 is what the requirement counts; a search looks 100 deep, because several passages of one document make one hit and rankings are fused: told, not required
        foreach (var depth in new[] { 10, 100 })
        {
            HashSet<int>[] exact = [.. queries.Select(query => VectorScan.Rank(vectors, query, depth).Select(static ranked => ranked.Passage).ToHashSet())];
            foreach (var (share, candidates) in depth == 10 ? [(0.1, 1000), (0.3, 500), (1.0, 1000)] : Array.Empty<(double, int)>())
                Compare(new ListsScan(lists, vectors) { ProbeShare = share, Candidates = candidates }, exact, depth);
            var (recall, ratio) = Compare(new ListsScan(lists, vectors), exact, depth);
            if (depth > 10)
                continue;
            Assert.InRange(recall, 0.95, 1);
            Assert.InRange(ratio, 10, double.MaxValue);
        }

        (double Recall, double Ratio) Compare(ListsScan scan, HashSet<int>[] exact, int depth)
        {
            var found = queries.Select((query, index) => scan.Rank(query, depth, null).Count(ranked => exact[index].Contains(ranked.Passage))).Sum();
            var recall = found / (double)exact.Sum(static one => one.Count);
            // one after the other, so that what else the machine does hits both
            var (flat, approximate) = (new List<double>(), new List<double>());
            foreach (var query in queries.Take(Timed))
            {
                flat.Add(Time(() => VectorScan.Rank(vectors, query, depth)));
                approximate.Add(Time(() => scan.Rank(query, depth, null)));
            }

            var ratio = flat.Average() / approximate.Average();
            output.WriteLine($"{scan.ProbeShare:p0} of the vectors, {scan.Candidates} candidates: recall@{depth} {recall:p1}, {Describe(approximate)}; exact scan {Describe(flat)}; {ratio:n1} times as fast");
            return (recall, ratio);
        }

        double Time(Action search)
        {
            watch.Restart();
            search();
            return watch.Elapsed.TotalMilliseconds;
        }

        static string Describe(List<double> times) =>
            $"mean {times.Average():n2} ms, p50 {times.Order().ElementAt(times.Count / 2):n2}, p99 {times.Order().ElementAt(times.Count * 99 / 100):n2}";
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
