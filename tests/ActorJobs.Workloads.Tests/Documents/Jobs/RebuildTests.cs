using ActorJobs.Workloads.Documents;
using ActorJobs.Workloads.Tests.Documents.Embedding;
using Microsoft.Extensions.AI;

namespace ActorJobs.Workloads.Tests.Documents.Jobs;

public sealed class RebuildTests : IDisposable
{
    private readonly DocumentsFixture fixture = new(options => options.SliceSize = 1);

    public RebuildTests()
    {
        fixture.Define("notes");
        for (var number = 0; number < 12; number++)
            fixture.Write($"n{number:00}.md", $"# Note {number}\n\nThis note tells of topic{(char)('a' + number)} and of nothing else.");
    }

    [Fact]
    public async Task A_rebuild_embeds_builds_and_swaps()
    {
        var result = await fixture.RebuildAsync("notes", "r1");

        Assert.Equal((1, 12, 0, 12, 0, false), (result.Version, result.Documents, result.SetAside, result.Embedded, result.Reused, result.Unchanged));
        Assert.Equal("n03.md", (await fixture.SearchAsync("notes", "topicd"))[0].DocumentId);
        Assert.Equal(
            Enumerable.Repeat(DocumentKinds.Embed, 12).Append(DocumentKinds.BuildIndex).Append(DocumentKinds.HotSwap), fixture.Jobs.Ended.Select(child => child.Kind));
    }

    [Fact]
    public async Task No_more_children_run_than_allowed()
    {
        await fixture.RebuildAsync("notes", "r1");

        Assert.InRange(fixture.Jobs.MostRunning, 1, new DocumentsOptions().InFlight);
    }

    [Fact]
    public async Task A_rebuild_of_an_unchanged_source_builds_nothing()
    {
        var first = await fixture.RebuildAsync("notes", "r1");
        var second = await fixture.RebuildAsync("notes", "r2");

        Assert.Equal((first.Version, first.Hash, true), (second.Version, second.Hash, second.Unchanged));
        Assert.Equal([1], fixture.Layout("notes").Versions());
    }

    [Fact]
    public async Task Only_what_changed_is_embedded_again()
    {
        await fixture.RebuildAsync("notes", "r1");
        fixture.Write("n05.md", "# Note 5\n\nThis note tells of topicy and of nothing else.");
        File.Delete(Path.Combine(fixture.Source, "n06.md"));

        var second = await fixture.RebuildAsync("notes", "r2");

        Assert.Equal((2, 11, 1, 10), (second.Version, second.Documents, second.Embedded, second.Reused));
        Assert.Empty(await fixture.SearchAsync("notes", "topicf", SearchMode.Text));
        Assert.DoesNotContain(await fixture.SearchAsync("notes", "note"), hit => hit.DocumentId == "n06.md");
    }

    [Fact]
    public async Task A_killed_rebuild_goes_on_where_it_was_and_ends_with_the_same_index()
    {
        using var undisturbed = new DocumentsFixture(options => options.SliceSize = 1);
        undisturbed.Define("notes");
        foreach (var file in Directory.EnumerateFiles(fixture.Source))
            File.Copy(file, Path.Combine(undisturbed.Source, Path.GetFileName(file)));
        var expected = await undisturbed.RebuildAsync("notes", "r1");
        var request = JobRequest.Of(DocumentKinds.Rebuild, new RebuildIndex("notes"));
        using var kill = new CancellationTokenSource();
        fixture.Jobs.OnEnded = _ =>
        {
            if (fixture.Jobs.Ended.Count == 5)
                kill.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Jobs.RunAsync(request, "r1", 1, kill.Token));
        Assert.Null(fixture.Layout("notes").ReadCurrent());
        // what the source becomes between the attempts is the next rebuild's affair
        fixture.Write("n99.md", "Too late for this plan.");
        var second = await fixture.Jobs.RunAsync(request, "r1", 2);

        var result = second.Result!.Value.Deserialize<RebuildResult>()!;
        Assert.Equal(expected.Hash, result.Hash);
        Assert.Equal(12, fixture.Jobs.Ended.Count(child => child.Kind == DocumentKinds.Embed));
    }

    [Fact]
    public async Task A_rebuild_whose_job_was_lost_finds_the_segments_there()
    {
        var first = await fixture.RebuildAsync("notes", "r1");
        Directory.Delete(fixture.Layout("notes").Version(1), recursive: true);
        File.Delete(fixture.Layout("notes").Current);
        File.Delete(Directory.EnumerateFiles(fixture.Layout("notes").Segments).First());

        var second = await fixture.RebuildAsync("notes", "r2");

        Assert.Equal((first.Hash, 1, 11), (second.Hash, second.Embedded, second.Reused));
    }

    [Fact]
    public async Task A_damaged_served_version_is_replaced_though_nothing_changed()
    {
        await fixture.RebuildAsync("notes", "r1");
        using var other = new DocumentsFixture(options => (options.Root, options.SliceSize, options.Folders["notes"]) = (fixture.Layout("notes").Root, 1, fixture.Source));
        await File.AppendAllTextAsync(Path.Combine(fixture.Layout("notes").Version(1), VectorFile.FileName), "x");

        var second = await other.RebuildAsync("notes", "r2");

        Assert.Equal((2, false, 12), (second.Version, second.Unchanged, second.Reused));
    }

    [Fact]
    public async Task Unreadable_files_are_set_aside_with_their_error()
    {
        fixture.Write("n05.md", "bi\0nary");

        var result = await fixture.RebuildAsync("notes", "r1");

        Assert.Equal((11, 1), (result.Documents, result.SetAside));
    }

    [Fact]
    public async Task Documents_that_the_embedder_refuses_are_set_aside_and_the_rest_is_found()
    {
        using var refusing = new DocumentsFixture(add: services => services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            "picky", new FakeGenerator(text => text.Contains("poison", StringComparison.Ordinal))));
        refusing.Define("notes", embedder: "picky");
        refusing.Write("a.md", "poison");
        refusing.Write("b.md", "honey");

        var result = await refusing.RebuildAsync("notes", "r1");

        Assert.Equal((1, 1), (result.Documents, result.SetAside));
        Assert.Equal("b.md", Assert.Single(await refusing.SearchAsync("notes", "honey")).DocumentId);
    }

    [Fact]
    public async Task An_embedder_that_is_down_fails_the_attempt_and_sets_nothing_aside()
    {
        using var down = new DocumentsFixture(add: services => services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            "down", new FakeGenerator(static _ => true)));
        down.Define("notes", embedder: "down");
        down.Write("a.md", "text");

        var view = await down.Jobs.RunAsync(JobRequest.Of(DocumentKinds.Rebuild, new RebuildIndex("notes")), "r1");

        Assert.Equal(JobStatus.Discarded, view.State);
        Assert.Equal(nameof(EmbedderUnavailableException), Assert.Single(down.Jobs.Ended).Error!.Type);
        Assert.Empty(Directory.EnumerateFiles(down.Layout("notes").Segments));
    }

    [Fact]
    public async Task Long_documents_are_found_by_any_of_their_passages_and_listed_once()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 120).Select(number => $"Sentence number {number} says little."));
        fixture.Write("long.md", $"# Long\n\nIt begins with alphaword. {filler} It ends with omegaword.");

        var result = await fixture.RebuildAsync("notes", "r1");

        Assert.True(result.Passages > result.Documents);
        Assert.Single(await fixture.SearchAsync("notes", "sentence number says little", SearchMode.Text));
        Assert.Contains("omegaword", (await fixture.SearchAsync("notes", "omegaword"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_source_gives_an_empty_index()
    {
        foreach (var file in Directory.EnumerateFiles(fixture.Source))
            File.Delete(file);

        var result = await fixture.RebuildAsync("notes", "r1");

        Assert.Equal((1, 0), (result.Version, result.Documents));
        Assert.Empty(await fixture.SearchAsync("notes", "anything"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("../etc")]
    public async Task A_job_for_no_index_is_discarded(string index)
    {
        var view = await fixture.Jobs.RunAsync(JobRequest.Of(DocumentKinds.Rebuild, new RebuildIndex(index)), "r1");

        Assert.Equal(JobStatus.Discarded, view.State);
    }

    [Theory]
    [InlineData("../../../etc/passwd", 0)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0)]
    public async Task An_embed_job_for_no_plan_is_discarded(string plan, int slice)
    {
        var view = await fixture.Jobs.RunAsync(JobRequest.Of(DocumentKinds.Embed, new EmbedSlice("notes", plan, slice)), "e1");

        Assert.Equal(JobStatus.Discarded, view.State);
    }

    [Fact]
    public async Task Building_and_swapping_twice_changes_nothing()
    {
        var first = await fixture.RebuildAsync("notes", "r1");
        foreach (var child in fixture.Jobs.Ended.Where(child => child.Kind != DocumentKinds.Embed).ToArray())
            Assert.Equal(JobStatus.Completed, (await fixture.Jobs.RunAsync(new JobRequest { Kind = child.Kind, Args = child.Args }, "again")).State);

        Assert.Equal([1], fixture.Layout("notes").Versions());
        Assert.Equal(first.Hash, IndexManifest.Read(fixture.Layout("notes").Version(1)).Hash);
    }

    public void Dispose() => fixture.Dispose();
}
