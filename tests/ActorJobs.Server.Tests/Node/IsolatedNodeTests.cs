using System.Diagnostics;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Node;

/// <summary>An isolated pool of the ready-made node, by configuration alone, with its own kinds of jobs: what happens to its processes.</summary>
public sealed class IsolatedNodeTests
{
    private static readonly BackoffRule AtOnce = new() { Type = "fixed", Delay = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task A_process_that_is_killed_is_one_failed_attempt_and_the_job_goes_on_in_another()
    {
        await using var node = await StartAsync("--ActorJobs:Pools:risky:Size=1");
        var job = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 3_000 }) with { Queue = "risky", Backoff = AtOnce });
        await node.UntilAsync(job.Id, seen => seen.Progress?.Fraction > 0);

        // one of them is the job's, the other one is warm
        foreach (var child in node.Process.Children)
            Kill(child);
        var end = await node.UntilAsync(job.Id, seen => seen.HasEnded());

        Assert.Equal(["Crashed", "Completed"], end.Attempts.Select(attempt => attempt.Outcome));
        Assert.Contains("137 (signal 9)", end.Attempts[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_past_its_timeout_ends_with_its_process()
    {
        await using var node = await StartAsync("--ActorJobs:Pools:risky:Size=1");
        var job = await node.Client.SubmitAsync(
            SubmitJob.Of("builtin.sleep", new { ms = 600_000 }) with { Queue = "risky", MaxAttempts = 1, Timeout = TimeSpan.FromSeconds(2) });

        var end = await node.UntilAsync(job.Id, seen => seen.HasEnded());
        var next = await node.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 7) with { Queue = "risky" });

        Assert.Equal(("Discarded", "TimedOut"), (end.State, Assert.Single(end.Attempts).Outcome));
        Assert.Equal(7, (await node.UntilAsync(next.Id, seen => seen.HasEnded())).Result!.Value.GetInt32());
    }

    [Fact]
    public async Task Processes_are_replaced_after_a_number_of_attempts_and_end_with_the_node()
    {
        await using var node = await StartAsync("--ActorJobs:Pools:risky:Size=1", "--ActorJobs:Pools:risky:RecycleAfter=2");
        var seen = new HashSet<int>();
        for (var number = 0; number < 9; number++)
        {
            var job = await node.Client.SubmitAsync(SubmitJob.Of("builtin.sleep", new { ms = 1 }) with { Queue = "risky" });
            Assert.Equal("Completed", (await node.UntilAsync(job.Id, one => one.HasEnded())).State);
            seen.UnionWith(node.Process.Children);
        }

        node.Process.Terminate();
        Assert.Equal(0, await node.Process.ExitCodeAsync());

        Assert.True(seen.Count >= 4, $"9 attempts in {seen.Count} processes, which run two each"); // at least five of them, the last perhaps unseen
        Assert.Empty(await LeftAsync(seen));
    }

    /// <summary>Those of the processes that are still there: they end by themselves when nobody speaks to them any more.</summary>
    private static async Task<int[]> LeftAsync(IEnumerable<int> processes)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        int[] left = [.. processes];
        for (var look = 0; left.Length > 0 && look < 200; look++)
        {
            await clock.WaitForNextTickAsync();
            left = [.. left.Where(child => Directory.Exists($"/proc/{child}"))];
        }

        return left;
    }

    private static Task<NodePlace> StartAsync(params string[] more) =>
        NodePlace.StartNewAsync(["--ActorJobs:Pools:risky:Queues:0=risky", "--ActorJobs:Pools:risky:Isolated=true", .. more]);

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(); // SIGKILL
        }
        catch (ArgumentException)
        {
            // it has ended by itself
        }
    }
}
