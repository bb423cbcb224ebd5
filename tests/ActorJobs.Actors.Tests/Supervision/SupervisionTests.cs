using ActorJobs.Actors.Supervision;
using ActorJobs.TestKit.Simulation;

namespace ActorJobs.Actors.Tests.Supervision;

public sealed class SupervisionTests
{
    private readonly List<string> journal = [];
    private readonly List<string> parentJournal = [];

    [Fact]
    public async Task A_resumed_actor_goes_on_with_the_state_it_has()
    {
        await using var bed = new ActorTestBed(options: new() { RootStrategy = new(_ => Directive.Resume) });
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        puppet.Tell(Act.Fail());
        puppet.Tell(Act.Say("next"));
        bed.Run();

        Assert.Equal(["started", "next", "turn ended"], journal);
        Assert.Equal(Directive.Resume, Assert.Single(bed.EventsOf<ActorFailed>()).Directive);
    }

    [Fact]
    public async Task A_restarted_actor_is_made_anew_after_the_back_off_and_goes_on_with_the_next_message()
    {
        await using var bed = new ActorTestBed();
        var made = 0;
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet([.. Enumerable.Repeat("", made++)])), "p");
        puppet.Tell(Act.Fail());
        puppet.Tell(Act.Do(_ => journal.Add($"handled by number {made}")));
        bed.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(1, made);

        bed.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["handled by number 2"], journal);
        Assert.Equal([new ActorRestarted("/p", 1)], bed.EventsOf<ActorRestarted>());
    }

    [Fact]
    public async Task The_back_off_doubles_up_to_its_longest()
    {
        var strategy = SupervisorStrategy.Default with { MinBackoff = TimeSpan.FromMilliseconds(100), MaxBackoff = TimeSpan.FromMilliseconds(700) };
        await using var bed = new ActorTestBed(options: new() { RootStrategy = strategy });
        var began = bed.Time.GetUtcNow();
        var starts = new List<TimeSpan>();
        var puppet = bed.System.Spawn(
            new Props<Act>(() =>
            {
                starts.Add(bed.Time.GetUtcNow() - began);
                return new Puppet(journal);
            }),
            "p");
        for (var i = 0; i < 5; i++)
            puppet.Tell(Act.Fail());
        bed.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([0, 100, 300, 700, 1400, 2100], starts.Select(start => start.TotalMilliseconds));
    }

    [Fact]
    public async Task One_restart_too_many_within_the_window_stops()
    {
        await using var bed = new ActorTestBed(options: new() { RootStrategy = SupervisorStrategy.Default with { MaxRestarts = 3 } });
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        for (var i = 0; i < 5; i++)
            puppet.Tell(Act.Fail());
        bed.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [Directive.Restart, Directive.Restart, Directive.Restart, Directive.Stop], bed.EventsOf<ActorFailed>().Select(failed => failed.Directive));
        Assert.Single(bed.EventsOf<ActorStopped>());
        Assert.Single(bed.EventsOf<DeadLetter>());
    }

    [Fact]
    public async Task Restarts_that_the_window_has_left_behind_do_not_count()
    {
        await using var bed = new ActorTestBed(options: new() { RootStrategy = SupervisorStrategy.Default with { MaxRestarts = 1, Within = TimeSpan.FromMinutes(1) } });
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        for (var i = 0; i < 4; i++)
        {
            puppet.Tell(Act.Fail());
            bed.Advance(TimeSpan.FromSeconds(61));
        }

        Assert.All(bed.EventsOf<ActorFailed>(), failed => Assert.Equal(Directive.Restart, failed.Directive));
        Assert.Equal(4, bed.EventsOf<ActorRestarted>().Count);
    }

    [Fact]
    public async Task A_failure_while_starting_is_a_failure_like_any_other()
    {
        await using var bed = new ActorTestBed();
        var attempts = 0;
        var puppet = bed.System.Spawn(
            new Props<Act>(() => new Puppet(journal, _ => ++attempts < 3 ? throw new InvalidOperationException() : default)), "p");
        puppet.Tell(Act.Say("handled"));
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["started", "stopped", "started", "stopped", "started", "handled", "turn ended"], journal);
    }

    [Fact]
    public async Task An_actor_that_cannot_be_made_is_tried_again()
    {
        await using var bed = new ActorTestBed();
        var attempts = 0;
        var puppet = bed.System.Spawn(
            new Props<Act>(() => ++attempts < 3 ? throw new InvalidOperationException() : new Puppet(journal)), "p");
        puppet.Tell(Act.Say("handled"));
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["started", "handled", "turn ended"], journal);
    }

    [Fact]
    public async Task A_failure_of_an_asynchronous_message_is_the_supervisor_s_too()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        var gate = new TaskCompletionSource();
        puppet.Tell(new Act("wait", async (_, _) => await gate.Task.ConfigureAwait(false)));
        bed.Run();

        await Task.Run(() => gate.SetException(new TimeoutException()));
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<TimeoutException>(Assert.Single(bed.EventsOf<ActorFailed>()).Error);
        Assert.Equal(["started", "stopped", "started"], journal);
    }

    [Fact]
    public async Task A_stopped_actor_handles_nothing_more()
    {
        await using var bed = new ActorTestBed(options: new() { RootStrategy = new(_ => Directive.Stop) });
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        puppet.Tell(Act.Fail());
        puppet.Tell(Act.Say("late"));
        bed.Run();

        Assert.Equal(["started", "stopped"], journal);
        Assert.Single(bed.EventsOf<DeadLetter>());
    }

    [Fact]
    public async Task A_parent_that_escalates_fails_in_its_child_s_place_and_takes_its_children_with_it()
    {
        await using var bed = new ActorTestBed();
        var child = SpawnChild(bed, new(_ => Directive.Escalate));
        child.Tell(Act.Fail("too much"));
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([("/parent/child", Directive.Escalate), ("/parent", Directive.Restart)], bed.EventsOf<ActorFailed>().Select(failed => (failed.Path, failed.Directive)));
        Assert.Equal(["started", "stopped"], journal);
        Assert.Equal(["started", "turn ended", "stopped", "started"], parentJournal);
        Assert.Equal("/parent/child", Assert.Single(bed.EventsOf<ActorStopped>()).Path);
    }

    [Fact]
    public async Task Resuming_the_parent_resumes_the_child_it_failed_for()
    {
        await using var bed = new ActorTestBed(options: new() { RootStrategy = new(_ => Directive.Resume) });
        var child = SpawnChild(bed, new(_ => Directive.Escalate));
        child.Tell(Act.Fail());
        child.Tell(Act.Say("next"));
        bed.Run();

        Assert.Equal(["started", "next", "turn ended"], journal);
    }

    [Fact]
    public async Task Above_the_top_is_nobody_to_escalate_to_so_the_actor_stops()
    {
        await using var bed = new ActorTestBed(options: new() { RootStrategy = new(_ => Directive.Escalate) });
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        puppet.Tell(Act.Fail());
        bed.Run();

        Assert.Equal("/p", Assert.Single(bed.EventsOf<ActorStopped>()).Path);
        bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "q").Tell(Act.Say("others go on"));
        bed.Run();
        Assert.Contains("others go on", journal);
    }

    [Fact]
    public async Task A_child_s_failure_does_not_keep_its_parent_from_stopping()
    {
        await using var bed = new ActorTestBed(seed: 3);
        var child = SpawnChild(bed, new(_ => Directive.Escalate));
        child.Tell(Act.Fail());
        while (bed.System.Find("/parent/child")?.State != ActorState.Failed)
            Assert.True(bed.Dispatcher.RunOne());

        // the parent finds both in its mailbox, and its child's failure second
        var parent = Parent!;
        parent.Stop();
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("/parent", bed.EventsOf<ActorStopped>().Select(stopped => stopped.Path));
        Assert.DoesNotContain("/parent", bed.EventsOf<ActorRestarted>().Select(restarted => restarted.Path));
    }

    [Fact]
    public async Task A_failing_child_of_a_stopping_parent_does_not_bring_it_back()
    {
        await using var bed = new ActorTestBed();
        var gate = new TaskCompletionSource();
        var child = SpawnChild(bed, new(_ => Directive.Escalate));
        child.Tell(new Act("wait", async (_, _) => await gate.Task.ConfigureAwait(false)));
        bed.Run();
        Parent!.Stop();
        bed.Run();
        Assert.Equal(ActorState.Stopping, bed.System.Find("/parent")?.State);

        await Task.Run(() => gate.SetException(new TimeoutException()));
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(bed.System.Find("/parent"));
        Assert.DoesNotContain("/parent", bed.EventsOf<ActorRestarted>().Select(restarted => restarted.Path));
    }

    [Fact]
    public async Task Children_stop_before_their_parent_is_made_anew()
    {
        await using var bed = new ActorTestBed();
        SpawnChild(bed, SupervisorStrategy.Default);
        Parent!.Tell(Act.Fail());
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["started", "turn ended", "stopped", "started"], parentJournal);
        Assert.Equal(["started", "stopped"], journal);
        Assert.Null(bed.System.Find("/parent/child"));
        Assert.Equal(ActorState.Running, bed.System.Find("/parent")?.State);
    }

    [Fact]
    public async Task Messages_that_wait_outlive_a_restart()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        puppet.Tell(Act.Fail());
        puppet.Tell(Act.Say("a"));
        bed.Run();
        puppet.Tell(Act.Say("b"));
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["started", "stopped", "started", "a", "b", "turn ended"], journal);
    }

    [Fact]
    public async Task A_stop_that_comes_during_the_back_off_wins()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        puppet.Tell(Act.Fail());
        bed.Run();
        puppet.Stop();
        bed.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["started", "stopped"], journal);
        Assert.Empty(bed.EventsOf<ActorRestarted>());
    }

    private ActorRef<Act>? Parent { get; set; }

    private ActorRef<Act> SpawnChild(ActorTestBed bed, SupervisorStrategy strategy)
    {
        var child = (ActorRef<Act>?)null;
        Parent = bed.System.Spawn(new Props<Act>(() => new Puppet(parentJournal)) { Strategy = strategy }, "parent");
        Parent.Tell(Act.Do(context => child = context.Spawn(new Props<Act>(() => new Puppet(journal)), "child")));
        bed.Run();
        return child!;
    }
}
