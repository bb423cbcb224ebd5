using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Jobs;

public sealed class MaintenanceTests : IDisposable
{
    private readonly DocumentsFixture fixture = new(options => (options.SliceSize, options.KeptVersions) = (1, 2));

    [Fact]
    public async Task Only_the_last_versions_are_kept_and_the_clean_up_removes_their_old_segments()
    {
        fixture.Define("notes");
        for (var round = 1; round <= 4; round++)
        {
            fixture.Write("a.md", $"Round {round}.");
            await fixture.RebuildAsync("notes", $"r{round}");
        }

        Assert.Equal([4, 3], fixture.Layout("notes").Versions());
        Assert.Equal(4, Directory.GetFiles(fixture.Layout("notes").Segments).Length);
        Assert.Equal(0, (await CleanUpAsync()).Files);

        foreach (var file in Directory.EnumerateFiles(fixture.Layout("notes").Segments))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        Assert.Equal(2, (await CleanUpAsync()).Files);
        Assert.Equal(RollbackResult.Done, await fixture.Catalog.Live("notes").RollBackAsync(null, CancellationToken.None));
        Assert.Equal("Round 3.", (await fixture.SearchAsync("notes", "round"))[0].Text);
    }

    [Fact]
    public async Task Statistics_tell_what_each_index_holds()
    {
        fixture.Define("empty");
        fixture.Define("notes");
        fixture.Write("a.md", "One.");
        await fixture.RebuildAsync("notes", "r1");

        var view = await fixture.Jobs.RunAsync(JobRequest.Of(DocumentKinds.Stats, new EachIndex()), "s1");

        var indexes = view.Result!.Value.Deserialize<IndexStatistics[]>()!;
        Assert.Equal([("empty", null), ("notes", 1)], indexes.Select(index => (index.Index.Name, index.Index.Served?.Documents)));
    }

    [Theory]
    [InlineData(DocumentKinds.Stats)]
    [InlineData(DocumentKinds.CleanUp)]
    public async Task A_job_without_arguments_is_about_all_indexes(string kind)
    {
        fixture.Define("notes");

        var view = await fixture.Jobs.RunAsync(new JobRequest { Kind = kind }, "all"); // as the shipped schedules make them

        Assert.True(view.State == JobStatus.Completed, view.Error?.ToString());
    }

    public void Dispose() => fixture.Dispose();

    private async Task<CleanUpResult> CleanUpAsync() =>
        (await fixture.Jobs.RunAsync(JobRequest.Of(DocumentKinds.CleanUp, new EachIndex()), "c")).Result!.Value.Deserialize<CleanUpResult>()!;
}
