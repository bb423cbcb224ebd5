using System.Net;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>What a node keeps over its end, and how it ends.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_job_that_runs_at_the_end_of_a_node_runs_again_and_no_attempt_is_lost()
    {
        await using var node = await NodePlace.StartNewAsync("--ActorJobs:Shutdown:Deadline=PT0.2S");
        var long_ = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 600_000 }) with { MaxAttempts = 1 });
        await node.UntilAsync(long_.Id, job => job.State == "Running");

        node.Process.Terminate();
        Assert.Equal(0, await node.Process.ExitCodeAsync());

        await node.StartAsync();
        await node.UntilAsync(long_.Id, job => job is { State: "Running", Attempt: 2 });
        var job = await node.Client.GetJobAsync(long_.Id);
        Assert.Equal("Interrupted", job.Attempts[0].Outcome);
        Assert.Null(job.Error);
    }

    [Fact]
    public async Task A_log_in_outlives_the_node_and_its_keys_are_the_owners_alone()
    {
        string[] keys = [.. TestKeys.Settings.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}")];
        await using var node = await NodePlace.StartNewAsync(keys);
        using var browser = new Browser();
        var session = await browser.LogInAsync(node.Http.BaseAddress!, TestKeys.Viewer);

        node.Process.Terminate();
        await node.Process.ExitCodeAsync();
        await node.StartAsync(keys);

        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(new Uri(node.Http.BaseAddress!, "jobs"), session));
        var folder = new DirectoryInfo(Path.Combine(node.Folder, "data", "keys"));
        Assert.NotEmpty(folder.EnumerateFiles("*.xml"));
        const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal((Owners, Owners), (folder.UnixFileMode, folder.Parent!.UnixFileMode));
        Assert.All(folder.Parent.EnumerateFiles(), file => Assert.Equal(Owners & ~UnixFileMode.UserExecute, file.UnixFileMode));
    }

    [Fact]
    public async Task A_job_that_ends_within_the_deadline_is_waited_for()
    {
        await using var node = await NodePlace.StartNewAsync();
        var receipt = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 700 }));
        await node.UntilAsync(receipt.Id, job => job.State == "Running");

        node.Process.Terminate();
        Assert.Equal(0, await node.Process.ExitCodeAsync());

        await node.StartAsync();
        var job = await node.Client.GetJobAsync(receipt.Id);
        Assert.Equal(("Completed", 1), (job.State, job.Attempt));
    }

    [Fact]
    public async Task A_second_signal_ends_the_wait_for_running_jobs_and_they_run_again()
    {
        await using var node = await NodePlace.StartNewAsync("--ActorJobs:Shutdown:Deadline=PT10M");
        var receipt = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 600_000 }) with { MaxAttempts = 1 });
        await node.UntilAsync(receipt.Id, job => job.State == "Running");

        node.Process.Interrupt();
        await node.Process.SaidAsync("Stopping: 1 running jobs may finish, for at most 600 s");
        node.Process.Interrupt();
        Assert.Equal(0, await node.Process.ExitCodeAsync());

        await node.Process.SaidAsync("1 running jobs were interrupted and handed back");
        await node.StartAsync();
        await node.UntilAsync(receipt.Id, job => job is { State: "Running", Attempt: 2 });
        Assert.Equal("Interrupted", (await node.Client.GetJobAsync(receipt.Id)).Attempts[0].Outcome);
    }

    [Fact]
    public async Task A_killed_node_counts_the_attempt_and_the_job_runs_again()
    {
        await using var node = await NodePlace.StartNewAsync();
        var receipt = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 600_000 }) with { MaxAttempts = 2 });
        await node.UntilAsync(receipt.Id, job => job.State == "Running");

        await node.Process.KillAsync();
        await node.StartAsync();
        await node.UntilAsync(receipt.Id, job => job is { State: "Running", Attempt: 2 });
        await node.Process.KillAsync();
        await node.StartAsync();

        // two nodes have died of it
        var job = await node.UntilAsync(receipt.Id, job => job.HasEnded());
        Assert.Equal("Discarded", job.State);
        Assert.Equal(["Lost", "Lost"], (await node.Client.GetJobAsync(receipt.Id)).Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Pausing_and_resuming_outlive_the_node()
    {
        await using var node = await NodePlace.StartNewAsync();
        await node.Client.PauseQueueAsync("mail");
        var receipt = await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Queue = "mail" });
        await node.Process.KillAsync();

        await node.StartAsync();
        Assert.True((await node.Client.GetQueueAsync("mail")).Paused);
        // a later job of another queue has run: this one had its chance
        var other = await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 2));
        await node.UntilAsync(other.Id, job => job.HasEnded());
        Assert.Equal("Available", (await node.Client.GetJobAsync(receipt.Id)).State);

        await node.Client.ResumeQueueAsync("mail");
        await node.UntilAsync(receipt.Id, job => job.State == "Completed");
        await node.Process.KillAsync();
        await node.StartAsync();
        Assert.False((await node.Client.GetQueueAsync("mail")).Paused);
    }
}
