using System.Collections.Concurrent;
using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>A node's store is copied while the node works, and another node goes on from the copy.</summary>
public sealed class BackupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_backup_made_under_load_has_every_job_acknowledged_before_it_and_they_run_from_it()
    {
        await using var node = await NodePlace.StartNewAsync("--ActorJobs:Pools:default:Size=4");
        var ran = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 1_500 }) with { Id = "under-way", MaxAttempts = 3 });
        await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = "later", Delay = TimeSpan.FromHours(1) });
        await node.UntilAsync(ran.Id, job => job.State == "Running");
        var acknowledged = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        var loads = Enumerable.Range(0, 3).Select(client => LoadAsync(node.Client, client, acknowledged, enough.Token)).ToArray();
        while (acknowledged.Count < 600)
            await Task.WhenAny(loads.Append(node.Client.ListQueuesAsync()));

        string[] before = [.. acknowledged, "under-way", "later"];
        var backup = await node.Client.BackUpAsync("before the upgrade");

        await enough.CancelAsync();
        await Task.WhenAll(loads);
        Assert.True(acknowledged.Count + 2 > before.Length, "The load went on during the backup.");
        Assert.Equal(new FileInfo(backup.File).Length, backup.Bytes);
        Assert.Equal(Path.Combine(node.Folder, "data", "backups"), Path.GetDirectoryName(backup.File));
        Assert.Equal([backup.File], Directory.EnumerateFiles(Path.GetDirectoryName(backup.File)!));
        var entry = (await node.Client.ListAuditAsync()).Items[0];
        Assert.Equal(("store.backup", "before the upgrade", backup.File), (entry.Action, entry.Reason, entry.Details));

        await using var restored = new NodePlace();
        Directory.CreateDirectory(Path.Combine(restored.Folder, "data"));
        File.Copy(backup.File, Path.Combine(restored.Folder, "data", "actorjobs.db"));
        await node.Process.KillAsync();
        await restored.StartAsync("--ActorJobs:Pools:default:Size=4");

        var jobs = await EndedAsync(restored.Client);
        Assert.Empty(before.Except(jobs.Keys));
        Assert.Equal("Scheduled", jobs["later"].State);
        Assert.All(jobs.Values.Where(job => job.Id != "later"), job => Assert.Equal("Completed", job.State));
        Assert.Equal("Lost", (await restored.Client.GetJobAsync("under-way")).Attempts[0].Outcome);
        await restored.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = "new" });
        await restored.UntilAsync("new", job => job.State == "Completed");
    }

    [Fact]
    public async Task Another_store_has_no_backups()
    {
        await using var node = await NodePlace.StartNewAsync("--ActorJobs:Store=memory");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ActorJobsApiException>(() => node.Client.BackUpAsync())).Status);
    }

    private static async Task LoadAsync(ActorJobsClient client, int number, ConcurrentQueue<string> acknowledged, CancellationToken enough)
    {
        for (var batch = 0; !enough.IsCancellationRequested; batch++)
        {
            string[] ids = [.. Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"load-{number}-{batch}-{i}"))];
            var receipt = await client.SubmitManyAsync([.. ids.Select(id => SubmitJob.Of("builtin.echo", 1) with { Id = id })], cancellationToken: CancellationToken.None);
            Assert.Empty(receipt.Errors);
            foreach (var id in ids)
                acknowledged.Enqueue(id);
        }
    }

    /// <summary>All jobs, once none is under way any more.</summary>
    private static async Task<Dictionary<string, Job>> EndedAsync(ActorJobsClient client)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var stats in client.WatchStatsAsync(patience.Token))
            if (stats.States.Where(state => state.Value > 0).All(state => state.Key is "Completed" or "Scheduled"))
                break;
        var jobs = new Dictionary<string, Job>();
        string? cursor = null;
        do
        {
            var page = await client.ListJobsAsync(new JobQuery { Limit = 1_000, Cursor = cursor });
            foreach (var job in page.Items)
                jobs.Add(job.Id, job);
            cursor = page.Next;
        }
        while (cursor is not null);
        return jobs;
    }
}
