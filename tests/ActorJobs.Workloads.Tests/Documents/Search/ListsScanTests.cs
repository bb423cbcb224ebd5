using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Search;

public sealed class ListsScanTests : IDisposable
{
    private const int Dimensions = 48;
    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-lists-").FullName;

    [Fact]
    public void Nearly_all_that_the_exact_scan_finds_is_found_by_looking_at_a_part()
    {
        using var vectors = Write(Clustered(4000, seed: 1));
        using var lists = Build(vectors, "a.ivf");
        var scan = new ListsScan(lists, vectors) { Candidates = 200, ProbeShare = 0.3 };
        var found = 0;
        foreach (var query in Clustered(50, seed: 2))
        {
            var exact = VectorScan.Rank(vectors, query, 10).Select(static ranked => ranked.Passage).ToHashSet();
            found += scan.Rank(query, 10, null).Count(ranked => exact.Contains(ranked.Passage));
        }

        Assert.InRange(found, 475, 500);
    }

    [Fact]
    public void When_every_list_and_candidate_is_looked_at_the_ranking_is_the_exact_one()
    {
        using var vectors = Write(Clustered(500, seed: 1));
        using var lists = Build(vectors, "a.ivf");
        var scan = new ListsScan(lists, vectors) { Candidates = 500, ProbeShare = 1 };

        foreach (var query in Clustered(20, seed: 2))
            Assert.Equal(VectorScan.Rank(vectors, query, 10), scan.Rank(query, 10, null));
    }

    [Fact]
    public void Every_vector_is_in_one_list()
    {
        using var vectors = Write(Clustered(500, seed: 1));
        using var lists = Build(vectors, "a.ivf");

        Assert.Equal(Enumerable.Range(0, 500), Enumerable.Range(0, lists.Lists).SelectMany(list => lists.Rows(list).ToArray()).Order());
    }

    [Fact]
    public void The_same_vectors_give_the_same_file()
    {
        using var vectors = Write(Clustered(500, seed: 1));
        Build(vectors, "a.ivf").Dispose();
        Build(vectors, "b.ivf").Dispose();

        Assert.Equal(ContentHash.OfFile(Path.Combine(folder, "a.ivf")), ContentHash.OfFile(Path.Combine(folder, "b.ivf")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Few_vectors_and_those_of_length_zero_are_no_trouble(int count)
    {
        using var vectors = Write([.. Enumerable.Range(0, count).Select(static index => index == 0 ? new float[Dimensions] : Unit(new Random(index)))]);
        using var lists = Build(vectors, "a.ivf");

        var found = new ListsScan(lists, vectors).Rank(Unit(new Random(1)), 10, null);

        Assert.Equal(count > 1, found.Any(static ranked => ranked is { Passage: 1, Score: > 0.99f }));
        Assert.DoesNotContain(found, static ranked => ranked.Passage == 0);
    }

    [Theory]
    [InlineData(384)]
    [InlineData(70)]
    public void Codes_count_the_dimensions_in_which_two_vectors_lie_on_different_sides(int dimensions)
    {
        var random = new Random(5);
        float[] a = [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)], b = [.. a.Select(_ => random.NextSingle() - 0.5f)];
        var words = SignCode.Words(dimensions);
        ulong[] first = new ulong[words], second = new ulong[words];
        SignCode.Write(a, new float[dimensions], first);
        SignCode.Write(b, new float[dimensions], second);
        var distance = new ushort[1];

        SignCode.Distances(first, second, distance);

        Assert.Equal(a.Zip(b).Count(static pair => pair.First > 0 != pair.Second > 0), distance[0]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static float[][] Clustered(int count, int seed)
    {
        // the same 40 centres for every seed; the points around them differ
        float[][] centres = [.. Enumerable.Range(0, 40).Select(static centre => Unit(new Random(centre)))];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var centre = centres[random.Next(centres.Length)];
            var away = Unit(random);
            float[] point = [.. centre.Zip(away, static (near, far) => near + (0.8f * far))];
            return Normalised(point);
        })];
    }

    private static float[] Unit(Random random) => Normalised([.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f)]);

    private static float[] Normalised(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(static value => value * value));
        return [.. vector.Select(value => value / norm)];
    }

    private VectorFile Write(float[][] rows)
    {
        var path = Path.Combine(folder, VectorFile.FileName);
        using (var file = new HashedFileWriter(path))
        {
            VectorFile.WriteHeader(file, rows.Length, Dimensions);
            foreach (var row in rows)
                file.Write((ReadOnlySpan<float>)row);
            file.Complete();
        }

        return new VectorFile(path);
    }

    private ListsFile Build(VectorFile vectors, string name)
    {
        var path = Path.Combine(folder, name);
        using (var file = new HashedFileWriter(path))
        {
            new ListsBuilder(vectors).Write(file, CancellationToken.None);
            file.Complete();
        }

        return new ListsFile(path);
    }
}
