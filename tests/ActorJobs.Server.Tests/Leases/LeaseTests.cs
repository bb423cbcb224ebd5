using System.Text.Json;

namespace ActorJobs.Server.Tests.Leases;

/// <summary>The protocol of remote workers, over HTTP against a whole node.</summary>
public sealed class LeaseTests
{
    private static readonly string[] Lines = ["a line"];

    [Fact]
    public async Task A_worker_takes_a_job_says_how_far_it_is_and_completes_it()
    {
        await using var host = await RemoteHost.StartAsync();
        var id = await host.SubmitAsync(new { text = "one two" });

        var lease = await host.LeaseOneAsync();
        Assert.Equal((id, 1, RemoteHost.Kind), (lease.GetProperty("job").GetString(), lease.GetProperty("attempt").GetInt32(), lease.GetProperty("kind").GetString()));
        Assert.Equal("one two", lease.GetProperty("args").GetProperty("text").GetString());
        await host.TellAsync("progress", lease, new { fraction = 0.5, message = "half", log = Lines, checkpoint = new { at = 7 } });
        var done = await host.TellAsync("complete", lease, new { result = new { words = 2 } });

        Assert.Equal("Ended", done.GetProperty("state").GetString());
        var job = await host.Engine.EndOfAsync(id);
        Assert.Equal(("Completed", 2), (job.State, job.Result!.Value.GetProperty("words").GetInt32()));
        Assert.Equal("Ended", (await host.TellAsync("complete", lease, new { result = new { words = 3 } })).GetProperty("state").GetString()); // an answer that was lost is given again
        Assert.Equal(2, (await host.Engine.Client.GetJobAsync(id)).Result!.Value.GetProperty("words").GetInt32());
    }

    [Fact]
    public async Task A_silent_worker_loses_its_attempt_and_its_late_word_changes_nothing()
    {
        await using var host = await RemoteHost.StartAsync(TimeSpan.FromSeconds(1));
        var id = await host.SubmitAsync(new { text = "x" }, maxAttempts: 2);
        var lost = await host.LeaseOneAsync();
        await host.TellAsync("progress", lost, new { checkpoint = new { at = 7 } });

        var again = await host.LeaseOneAsync(); // comes when the first lease has expired

        Assert.Equal((2, 7), (again.GetProperty("attempt").GetInt32(), again.GetProperty("checkpoint").GetProperty("at").GetInt32()));
        Assert.Equal((409, "lease-lost"), await host.RefusedAsync("complete", lost, new { result = 1 }));
        Assert.Equal((409, "lease-lost"), await host.RefusedAsync("progress", lost, new { fraction = 1 }));
        Assert.Equal("Lost", await host.BeatAsync(lost));
        await host.TellAsync("complete", again, new { result = 2 });
        var job = await host.Engine.EndOfAsync(id);
        Assert.Equal(["Lost", "Completed"], job.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(2, job.Result!.Value.GetInt32());
    }

    [Fact]
    public async Task A_heartbeat_keeps_a_lease()
    {
        await using var host = await RemoteHost.StartAsync(TimeSpan.FromSeconds(1));
        var id = await host.SubmitAsync(new { text = "x" }, maxAttempts: 1);
        var lease = await host.LeaseOneAsync();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(400));
        for (var i = 0; i < 6 && await ticks.WaitForNextTickAsync(); i++)
            Assert.Equal("Held", await host.BeatAsync(lease));

        await host.TellAsync("complete", lease);

        Assert.Equal("Completed", (await host.Engine.EndOfAsync(id)).State);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("job")]
    [InlineData("attempt")]
    public async Task A_lease_is_its_job_its_attempt_and_its_token(string part)
    {
        await using var host = await RemoteHost.StartAsync();
        var id = await host.SubmitAsync(new { text = "x" });
        var lease = await host.LeaseOneAsync();
        object wrong = part == "attempt" ? 2 : lease.GetProperty(part).GetString() + "x";
        var forged = JsonSerializer.SerializeToElement(lease.EnumerateObject().ToDictionary(item => item.Name, item => item.Name == part ? wrong : item.Value));

        Assert.Equal((409, "lease-lost"), await host.RefusedAsync("complete", forged, new { result = 1 }));

        Assert.Equal("Running", (await host.Engine.Client.GetJobAsync(id)).State);
        await host.TellAsync("complete", lease);
    }

    [Fact]
    public async Task A_worker_hears_of_a_cancellation_and_its_failure_is_the_end()
    {
        await using var host = await RemoteHost.StartAsync();
        var id = await host.SubmitAsync(new { text = "x" });
        var lease = await host.LeaseOneAsync();

        await host.Engine.Client.CancelAsync(id);
        var state = "Held";
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; state == "Held" && i < 500 && await ticks.WaitForNextTickAsync(); i++)
            state = await host.BeatAsync(lease);
        await host.TellAsync("fail", lease, new { error = new { message = "stopped" } });

        Assert.Equal(("Cancelled", "Cancelled"), (state, (await host.Engine.EndOfAsync(id)).State));
    }

    [Fact]
    public async Task A_failure_is_retried_by_the_rules_and_a_final_one_is_not()
    {
        await using var host = await RemoteHost.StartAsync();
        var id = await host.SubmitAsync(new { text = "x" });
        await host.TellAsync("fail", await host.LeaseOneAsync(), new { error = new { type = "ValueError", message = "no" }, retryAfter = 0 });
        await host.TellAsync("fail", await host.LeaseOneAsync(), new { error = new { message = "never" }, discard = true });

        var job = await host.Engine.EndOfAsync(id);
        Assert.Equal(("Discarded", "never"), (job.State, job.Error!.Message));
        Assert.Equal("ValueError", job.Attempts[0].Error!.Type);
    }

    [Fact]
    public async Task A_batch_brings_no_more_than_was_asked_for_and_nothing_is_claimed_beyond()
    {
        await using var host = await RemoteHost.StartAsync();
        for (var i = 0; i < 10; i++)
            await host.SubmitAsync(new { text = $"{i}" });

        var leases = await host.LeaseAsync(limit: 4);
        while (leases.Length < 4)
            leases = [.. leases, .. await host.LeaseAsync(limit: 4 - leases.Length)];

        Assert.Equal(4, leases.Select(lease => lease.GetProperty("job").GetString()).Distinct().Count());
        var states = (await host.Engine.Client.GetStatsAsync()).States;
        Assert.Equal((4, 6), (states["Running"], states["Available"]));
        foreach (var lease in leases)
            await host.TellAsync("complete", lease);
    }

    [Fact]
    public async Task A_request_without_work_ends_in_time_and_leaves_no_slot_behind()
    {
        await using var host = await RemoteHost.StartAsync();

        Assert.Empty(await host.LeaseAsync(5, "PT0.2S"));
        var id = await host.SubmitAsync(new { text = "x" });

        Assert.Equal("Available", (await host.Engine.Client.GetJobAsync(id)).State);
        Assert.Equal(id, (await host.LeaseOneAsync()).GetProperty("job").GetString());
    }

    [Fact]
    public async Task A_pool_that_is_not_remote_is_not_leased_from()
    {
        await using var host = await RemoteHost.StartAsync();

        using var none = await host.Engine.Http.PostAsync(new Uri("api/v1/pools/nobody/lease", UriKind.Relative), null);
        using var own = await host.Engine.Http.PostAsync(new Uri("api/v1/pools/rest/lease", UriKind.Relative), null);

        Assert.Equal((404, 409), ((int)none.StatusCode, (int)own.StatusCode));
    }
}
