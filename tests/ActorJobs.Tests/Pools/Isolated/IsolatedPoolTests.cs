using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.Tests.Pools.Isolated;

/// <summary>What real child processes do to their pool: nothing.</summary>
public sealed class IsolatedPoolTests
{
    [Fact]
    public async Task A_job_runs_in_another_process_which_the_next_one_uses_again()
    {
        await using var host = await IsolatedHost.StartAsync(pool => pool.Size = 1);

        var first = ProcessOf(await host.RunAsync("nothing"));
        var second = ProcessOf(await host.RunAsync("nothing"));

        Assert.NotEqual(Environment.ProcessId, first);
        Assert.True(second != 0);
        Assert.Contains(ProcessOf(await host.RunAsync("nothing")), new[] { first, second }); // one works, one is kept warm
    }

    [Fact]
    public async Task A_crash_is_one_failed_attempt_with_its_exit_code_and_last_output()
    {
        await using var host = await IsolatedHost.StartAsync();

        var job = await host.RunAsync("crash");

        Assert.Equal(JobStatus.Discarded, job.State);
        var attempt = Assert.Single(job.Attempts);
        Assert.Equal((AttemptOutcome.Crashed, "Crashed"), (attempt.Outcome!.Value, attempt.Error!.Type));
        Assert.Contains("134 (signal 6)", attempt.Error.Message, StringComparison.Ordinal);
        Assert.Contains("the handler asked for it", attempt.Error.Stack, StringComparison.Ordinal);
        Assert.Contains("attempt 1 does crash", attempt.Error.Stack, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Completed, (await host.RunAsync("nothing")).State);
    }

    [Fact]
    public async Task A_crashed_attempt_is_retried_from_its_checkpoint()
    {
        await using var host = await IsolatedHost.StartAsync();

        var job = await host.RunAsync("resume", request => request with { MaxAttempts = 2 });

        Assert.Equal([AttemptOutcome.Crashed, AttemptOutcome.Completed], job.Attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.Equal("went on from 7", Assert.Single(job.Log).Text);
    }

    [Fact]
    public async Task An_attempt_that_loops_past_its_timeout_is_killed()
    {
        await using var host = await IsolatedHost.StartAsync(pool => pool.Size = 1);

        var job = await host.RunAsync("loop", request => request with { Timeout = TimeSpan.FromSeconds(2) });
        var next = await host.RunAsync("nothing");

        Assert.Equal(AttemptOutcome.TimedOut, Assert.Single(job.Attempts).Outcome);
        Assert.Equal(JobStatus.Completed, next.State);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_much_memory_is_killed_and_says_so()
    {
        await using var host = await IsolatedHost.StartAsync(pool => pool.MemoryLimit = 256 << 20);

        var job = await host.RunAsync("leak");

        var attempt = Assert.Single(job.Attempts);
        Assert.Equal((AttemptOutcome.Crashed, "MemoryLimitExceeded"), (attempt.Outcome!.Value, attempt.Error!.Type));
        Assert.Contains("256 MB are allowed", attempt.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_reaches_the_handler_in_its_process()
    {
        await using var host = await IsolatedHost.StartAsync();
        var id = await host.SubmitAsync("wait");
        var running = await host.UntilSaysAsync(id, "waiting in");

        await host.Jobs.CancelAsync(id, "enough");
        var job = await host.EndOfAsync(id);

        Assert.Equal((0.25, JobStatus.Cancelled), (running.Progress!.Fraction, job.State));
    }

    [Fact]
    public async Task A_handler_in_its_process_submits_children_and_waits_for_them()
    {
        await using var host = await IsolatedHost.StartAsync();

        var job = await host.RunAsync("family");

        Assert.Equal((JobStatus.Completed, "Completed, Discarded, unknown-kind"), (job.State, Assert.Single(job.Log).Text));
    }

    [Fact]
    public async Task A_handler_in_its_process_reads_what_its_parents_left_and_adds_to_its_workflow()
    {
        await using var host = await IsolatedHost.StartAsync();
        await host.Workflows.StartAsync(new WorkflowRequest
        {
            Id = "w",
            Jobs =
            [
                new WorkflowJob { Key = "first", Job = JobRequest.Of(HarmfulHandler.Kind, new Harm("nothing")) },
                new WorkflowJob { Key = "second", Job = JobRequest.Of(HarmfulHandler.Kind, new Harm("inherit")) with { MaxAttempts = 1 }, After = ["first"] },
            ],
        });

        var second = await host.EndOfAsync(new JobId("w:second"));
        var more = await host.EndOfAsync(new JobId("w:more"));

        Assert.Equal((JobStatus.Completed, "first Completed in a process, Done"), (second.State, Assert.Single(second.Log).Text));
        Assert.Equal(JobStatus.Completed, more.State);
    }

    [Fact]
    public async Task What_a_handler_throws_is_an_ordinary_failure()
    {
        await using var host = await IsolatedHost.StartAsync();

        var job = await host.RunAsync("throw");

        Assert.Equal((AttemptOutcome.Failed, "System.InvalidOperationException"), (job.Attempts[0].Outcome!.Value, job.Error!.Type));
    }

    [Fact]
    public async Task A_process_is_replaced_after_a_number_of_attempts()
    {
        await using var host = await IsolatedHost.StartAsync(pool => (pool.Size, pool.RecycleAfter) = (1, 2));

        var processes = new List<int>();
        for (var i = 0; i < 9; i++)
            processes.Add(ProcessOf(await host.RunAsync("nothing")));

        Assert.All(processes.GroupBy(process => process), group => Assert.True(group.Count() <= 2, $"{group.Key} ran {group.Count()} attempts."));
    }

    [Fact]
    public async Task When_the_node_is_killed_its_processes_die_with_it()
    {
        using var node = Process.Start(new ProcessStartInfo(IsolatedHost.Command.Program, [IsolatedHost.Argument, "node"]) { RedirectStandardOutput = true })!;
        string? line;
        while ((line = await node.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))) is not null && !line.StartsWith("waiting in", StringComparison.Ordinal))
        {
            // a banner
        }

        using var child = Process.GetProcessById(int.Parse(line!.Split(' ')[^1], CultureInfo.InvariantCulture));
        Assert.False(child.HasExited);

        node.Kill(); // SIGKILL, of the node alone

        await child.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static int ProcessOf(JobView job) => job.Result!.Value.Deserialize<HarmResult>()!.Process;
}
