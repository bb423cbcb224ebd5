using System.Globalization;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Flows;

/// <summary>An index that is embedded, built and swapped in: as a chain, every hour by the schedules that come with the project, and by priority.</summary>
public sealed class DocumentFlowTests
{
    private static readonly DateTimeOffset NewYear = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_shipped_schedules_rebuild_every_hour_clean_up_once_a_day_and_count_every_five_minutes()
    {
        await using var place = new FlowPlace(NewYear - TimeSpan.FromMinutes(10));
        foreach (var topic in new[] { "harbour", "orchard", "quarry", "railway", "tannery" })
            place.Write($"source/{topic}.md", $"# {topic}\n\nThis note tells of the {topic} and of nothing else.");
        var shipped = Path.Combine(Repository.Root, "config", "schedules.example.conf");
        await place.StartAsync(
            $"--hocon={place.Write("node.conf", $"include required(file(\"{shipped}\"))\nactorjobs.schedules.documents-rebuild.job.args.index = notes\n")}",
            $"--ActorJobs:Documents:Folders:notes={place.Folder}/source", "--ActorJobs:Documents:SliceSize=1");
        using var defined = await place.Http.PutAsJsonAsync("/api/v1/indexes/notes", new { source = "notes" });
        defined.EnsureSuccessStatusCode();
        // they are put in place beside the start, and what is made later than a tick does not fire at it
        await place.UntilAsync(() => place.Client.ListSchedulesAsync(), page => page.Items.Count == 3, "the configured schedules");

        var rebuilds = new List<(string At, string Jobs)>();
        for (var tick = 1; tick <= 38; tick++) // to 03:00 UTC, which is 04:00 in Berlin
        {
            if (tick == 20)
                place.Write("source/lighthouse.md", "# lighthouse\n\nThis note tells of the lighthouse and of nothing else.");
            var before = place.Attempts.Begun.Count;
            var at = NewYear - TimeSpan.FromMinutes(10) + (tick * FiveMinutes);
            place.Go(at);
            await UntilFiredAsync(place, at, statistics: null);
            place.Go(at + Jitter);
            await UntilFiredAsync(place, at, tick);
            var begun = string.Join(", ", place.Attempts.Begun.Skip(before).Select(attempt => attempt.Kind["documents.".Length..]).Where(kind => kind != "stats"));
            if (begun.Length > 0)
                rebuilds.Add((at.ToString("HH:mm", CultureInfo.InvariantCulture), begun));
        }

        Assert.Equal(
            [
                ("00:00", $"rebuild, {Embeds(5)}, build_index, hot_swap"), ("01:00", "rebuild"), ("02:00", $"rebuild, {Embeds(6)}, build_index, hot_swap"),
                ("02:30", "clean_up"), ("03:00", "rebuild"),
            ], rebuilds);
        Assert.Equal((4L, 1L, 38L), (await FiredAsync(place, "documents-rebuild"), await FiredAsync(place, "documents-clean-up"), await FiredAsync(place, "documents-statistics")));
        var found = await place.Http.GetFromJsonAsync<JsonElement>("/api/v1/indexes/notes/search?q=lighthouse");
        Assert.StartsWith("lighthouse", found.GetProperty("hits")[0].GetProperty("documentId").GetString(), StringComparison.Ordinal);
        var second = (await place.Client.GetJobAsync("documents-rebuild~20300101T020000Z")).Result!.Value;
        Assert.Equal((2, 1, 5), (second.GetProperty("version").GetInt32(), second.GetProperty("embedded").GetInt32(), second.GetProperty("reused").GetInt32()));
        var jobs = (await place.Client.ListJobsAsync(new JobQuery { State = "Completed", Limit = 1_000 })).Items;
        Assert.Equal(
            ["build_index 7", "clean_up 5", "embed 9", "hot_swap 7", "rebuild 7", "stats 5"],
            jobs.Select(job => $"{job.Kind["documents.".Length..]} {job.Priority}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(place.Attempts.Begun.Count, jobs.Count); // each at its first attempt
    }

    [Fact]
    public async Task Queues_of_9_7_and_5_share_a_pool_in_that_order_and_a_chain_goes_through_them_step_by_step()
    {
        var plug = new TaskCompletionSource();
        await using var place = new FlowPlace();
        place.Attempts.Before = context => context.Id.Value == "plug" ? new ValueTask(plug.Task) : default;
        await place.StartAsync($"--hocon={place.Write("node.conf", """
            actorjobs {
              pools { apfa { queues = [embedding, indexing, maintenance], size = 1 } }
              queues { embedding { priority = 9 }, indexing { priority = 7 }, maintenance { priority = 5 } }
            }
            """)}");
        // the one slot is taken while the others are submitted, the least urgent first
        await place.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = "plug", Queue = "maintenance" });
        await place.UntilAsync("plug", job => job.State == "Running", "the slot to be taken");
        foreach (var queue in new[] { "maintenance", "indexing", "embedding" })
            await place.Client.SubmitManyAsync([.. Enumerable.Range(0, 5).Select(number => SubmitJob.Of("builtin.echo", number) with { Id = $"{queue}-{number}", Queue = queue })]);
        place.Time.Advance(TimeSpan.FromSeconds(10));
        plug.SetResult();
        await place.RestAsync();
        Assert.Equal(
            ["plug", .. Enumerable.Repeat("embedding", 5), .. Enumerable.Repeat("indexing", 5), .. Enumerable.Repeat("maintenance", 5)],
            place.Attempts.Begun.Select(attempt => attempt.Id.Split('-')[0]));

        await place.Client.StartWorkflowAsync(new StartWorkflow
        {
            Id = "index",
            Jobs =
            [
                WorkflowNode.Of("embed_all_documents", "builtin.echo", 1) with { Queue = "embedding" },
                WorkflowNode.Of("build_faiss_index", "builtin.echo", 2, "embed_all_documents") with { Queue = "indexing" },
                WorkflowNode.Of("hot_swap_index", "builtin.echo", 3, "build_faiss_index") with { Queue = "maintenance" },
            ],
        });
        var chain = await place.UntilAsync(() => place.Client.GetWorkflowAsync("index"), seen => seen.HasEnded(), "the chain to end");
        var swap = await place.Client.GetJobAsync("index:hot_swap_index");

        Assert.Equal(("Completed", "index:build_faiss_index"), (chain.State, Assert.Single(swap.Parents)));
        Assert.Equal(
            ["index:embed_all_documents", "index:build_faiss_index", "index:hot_swap_index"], place.Attempts.Begun.Skip(16).Select(attempt => attempt.Id));
    }

    /// <summary>Waits until each schedule has fired as often as it should have by then, and what it made has ended.</summary>
    private static Task<ScheduleList> UntilFiredAsync(FlowPlace place, DateTimeOffset at, long? statistics)
    {
        var expected = new Dictionary<string, long>
        {
            ["documents-rebuild"] = (long)Math.Floor((at - NewYear).TotalHours) + 1,
            ["documents-clean-up"] = at - NewYear >= TimeSpan.FromHours(2.5) ? 1 : 0,
        };
        if (statistics is { } count)
            expected["documents-statistics"] = count;
        return place.UntilAsync(
            () => place.Client.ListSchedulesAsync(),
            seen => expected.All(one => seen.Items.Single(schedule => schedule.Id == one.Key).Fired >= one.Value) && seen.Items.All(schedule => schedule.Running.Count == 0),
            $"{string.Join(", ", expected)} at {at:O}");
    }

    private static string Embeds(int slices) => string.Join(", ", Enumerable.Repeat("embed", slices));

    private static async Task<long> FiredAsync(FlowPlace place, string schedule) => (await place.Client.GetScheduleAsync(schedule)).Fired;
}
