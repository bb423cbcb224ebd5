using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Index;

public sealed class LiveIndexTests : IDisposable
{
    private static readonly string[] Files = [VectorFile.FileName, PassageFile.FileName, PostingsFile.FileName, IndexBuilder.WeightsFile, IndexManifest.FileName];
    private readonly DocumentsFixture fixture = new();

    public static TheoryData<string> FileNames => [.. Files];

    [Fact]
    public void A_version_gives_back_what_was_put_in()
    {
        SourceDocument[] documents = [new("a", "Array", "Sorts an array."), new("b", "List", "Adds to a list.")];
        var reader = IndexOf.Documents(fixture, documents);

        Assert.Equal(documents, Enumerable.Range(0, 2).Select(index => reader.Passages[index]).Select(passage => new SourceDocument(passage.DocumentId, passage.Title, passage.Text)));
        using var embedder = new HashingEmbedder(reader.Embedder.Weights!);
        var vector = new float[embedder.Dimensions];
        embedder.Embed("List\nAdds to a list.", vector);
        Assert.Equal(vector, reader.Vectors[1].ToArray());
        Assert.Equal((2, 2, 384), (reader.Manifest.Documents, reader.Passages.Count, reader.Vectors.Dimensions));
        reader.Release();
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public async Task When_a_file_is_damaged_the_version_before_is_served(string file)
    {
        Build("one");
        var served = Build("two");
        Damage(Path.Combine(fixture.Layout("made").Version(served), file));

        var hits = await fixture.SearchAsync("made", "document");

        Assert.Equal("one", Assert.Single(hits).DocumentId);
        Assert.Equal([served], fixture.Catalog.Live("made").Damaged);
    }

    [Fact]
    public async Task When_a_file_is_missing_the_version_before_is_served()
    {
        Build("one");
        File.Delete(Path.Combine(fixture.Layout("made").Version(Build("two")), PassageFile.FileName));

        Assert.Equal("one", Assert.Single(await fixture.SearchAsync("made", "document")).DocumentId);
    }

    [Fact]
    public async Task When_every_version_is_damaged_nothing_is_served()
    {
        Damage(Path.Combine(fixture.Layout("made").Version(Build("one")), VectorFile.FileName));

        Assert.Null(await fixture.Catalog.Live("made").AcquireAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_search_that_began_before_a_swap_ends_on_its_version()
    {
        Build("one");
        var live = fixture.Catalog.Live("made");
        var before = (await live.AcquireAsync(CancellationToken.None))!;

        Build("two");
        await live.RefreshAsync(CancellationToken.None);
        Directory.Delete(fixture.Layout("made").Version(1), recursive: true);
        var after = (await live.AcquireAsync(CancellationToken.None))!;

        Assert.Equal("one", before.Passages[0].DocumentId);
        Assert.Equal("two", after.Passages[0].DocumentId);
        before.Release();
        Assert.False(before.TryAcquire());
        after.Release();
        Assert.True(after.TryAcquire());
        after.Release();
    }

    [Fact]
    public async Task Searches_never_fail_while_versions_are_swapped()
    {
        Build("doc0");
        var live = fixture.Catalog.Live("made");
        using var done = new CancellationTokenSource();
        using var searched = new SemaphoreSlim(0);
        var searchers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var reader = await live.AcquireAsync(CancellationToken.None);
                Assert.NotNull(reader);
                var hits = await new IndexSearcher(reader).SearchAsync(new SearchQuery("document", 10, SearchMode.Hybrid), CancellationToken.None);
                // one whole version: the passage and the manifest are of one build
                Assert.Equal($"doc{reader.Manifest.Version - 1}", Assert.Single(hits).DocumentId);
                reader.Release();
                searched.Release();
            }
        })).ToArray();

        for (var version = 1; version <= 30; version++)
        {
            Build($"doc{version}");
            await live.RefreshAsync(CancellationToken.None);
            new IndexPruner(fixture.Layout("made"), 3, TimeProvider.System).PruneVersions();
            // some searches end between any two swaps, whatever else the machine does
            for (var search = 0; search < 20; search++)
                Assert.True(await searched.WaitAsync(TimeSpan.FromSeconds(30)), $"no search ended at version {version}");
        }

        await done.CancelAsync();
        await Task.WhenAll(searchers);
        Assert.Equal([31, 30, 29], fixture.Layout("made").Versions());
    }

    [Fact]
    public async Task Rolling_back_serves_the_version_before_until_the_next_swap()
    {
        Build("one");
        Build("two");
        var live = fixture.Catalog.Live("made");

        Assert.Equal(RollbackResult.Done, await live.RollBackAsync(null, CancellationToken.None));
        Assert.Equal("one", Assert.Single(await fixture.SearchAsync("made", "document")).DocumentId);
        Assert.Equal(1, fixture.Layout("made").ReadCurrent());
        Assert.Equal(RollbackResult.NoSuchVersion, await live.RollBackAsync(null, CancellationToken.None));
        Assert.Equal(RollbackResult.NoSuchVersion, await live.RollBackAsync(9, CancellationToken.None));
        Assert.Equal(RollbackResult.Done, await live.RollBackAsync(2, CancellationToken.None));
        Assert.Equal("two", Assert.Single(await fixture.SearchAsync("made", "document")).DocumentId);
    }

    [Fact]
    public async Task A_damaged_version_is_not_rolled_back_to()
    {
        Build("one");
        Build("two");
        Damage(Path.Combine(fixture.Layout("made").Version(1), PostingsFile.FileName));

        Assert.Equal(RollbackResult.Damaged, await fixture.Catalog.Live("made").RollBackAsync(1, CancellationToken.None));
        Assert.Equal("two", Assert.Single(await fixture.SearchAsync("made", "document")).DocumentId);
    }

    public void Dispose() => fixture.Dispose();

    private int Build(string id)
    {
        var reader = IndexOf.Documents(fixture, [new SourceDocument(id, "Document", $"A document named {id}.")]);
        reader.Release();
        fixture.Layout("made").WriteCurrent(reader.Manifest.Version);
        return reader.Manifest.Version;
    }

    private static void Damage(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }
}
