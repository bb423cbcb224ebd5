using ActorJobs.TestKit.Probes;
using ActorJobs.TestKit.Simulation;

namespace ActorJobs.Actors.Tests.Cells;

public sealed class ActorCellTests
{
    private readonly List<string> journal = [];

    private Props<Act> Props => new(() => new Puppet(journal));

    [Fact]
    public async Task What_waits_when_an_actor_stops_becomes_dead_letters_and_so_does_what_comes_later()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(Props, "p");
        puppet.Tell(Act.Say("before"));
        puppet.Stop();
        bed.Run();
        puppet.Tell(Act.Say("after"));
        bed.Run();

        Assert.Equal(["started", "stopped"], journal);
        Assert.Equal(["before", "after"], bed.EventsOf<DeadLetter>().Select(letter => letter.Message?.ToString()));
        Assert.Equal("/p", Assert.Single(bed.EventsOf<ActorStopped>()).Path);
    }

    [Fact]
    public async Task An_actor_that_stops_itself_handles_nothing_more()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(Props, "p");
        puppet.Tell(Act.Do(context => context.Stop()));
        puppet.Tell(Act.Say("late"));
        bed.Run();

        Assert.DoesNotContain("late", journal);
        Assert.Equal("stopped", journal[^1]);
    }

    [Fact]
    public async Task Children_stop_before_their_parent()
    {
        await using var bed = new ActorTestBed();
        var parent = bed.System.Spawn(Props, "parent");
        parent.Tell(Act.Do(context => context.Spawn(Props, "child").Tell(Act.Do(child => child.Spawn(Props, "grandchild")))));
        bed.Run();

        parent.Stop();
        bed.Run();

        Assert.Equal(["/parent/child/grandchild", "/parent/child", "/parent"], bed.EventsOf<ActorStopped>().Select(stopped => stopped.Path));
    }

    [Fact]
    public async Task A_child_s_name_is_free_again_when_it_has_stopped()
    {
        await using var bed = new ActorTestBed();
        bed.System.Spawn(Props, "p").Stop();
        Assert.Throws<ArgumentException>(() => bed.System.Spawn(Props, "p"));
        bed.Run();

        bed.System.Spawn(Props, "p").Tell(Act.Say("anew"));
        bed.Run();

        Assert.Contains("anew", journal);
    }

    [Fact]
    public async Task A_stopped_system_starts_nobody()
    {
        var bed = new ActorTestBed();
        await bed.DisposeAsync();

        Assert.Throws<InvalidOperationException>(() => bed.System.Spawn(Props, "p"));
    }

    [Fact]
    public async Task Stopping_the_system_stops_all_actors()
    {
        var bed = new ActorTestBed();
        bed.System.Spawn(Props, "a");
        bed.System.Spawn(Props, "b");
        await bed.DisposeAsync();

        Assert.Equal(["/", "/a", "/b"], bed.EventsOf<ActorStopped>().Select(stopped => stopped.Path).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_watcher_is_told_of_the_end_also_when_it_was_before(bool watchFirst)
    {
        await using var bed = new ActorTestBed();
        var probe = TestProbe<string>.Spawn(bed.System);
        var watched = bed.System.Spawn(Props, "watched");
        var watcher = bed.System.Spawn(Props, "watcher");
        bed.Run();

        if (watchFirst)
        {
            watcher.Tell(Act.Do(context => context.Watch(watched, Act.Do(_ => probe.Ref.Tell("ended")))));
            bed.Run();
            Assert.Empty(probe.Seen);
        }

        watched.Stop();
        bed.Run();
        if (!watchFirst)
            watcher.Tell(Act.Do(context => context.Watch(watched, Act.Do(_ => probe.Ref.Tell("ended")))));
        bed.Run();

        Assert.Equal(["ended"], probe.Seen);
    }

    [Fact]
    public async Task A_restart_is_not_an_end_for_watchers()
    {
        await using var bed = new ActorTestBed();
        var watched = bed.System.Spawn(Props, "watched");
        bed.System.Spawn(Props, "watcher").Tell(Act.Do(context => context.Watch(watched, Act.Say("ended"))));
        bed.Run();

        watched.Tell(Act.Fail());
        bed.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("ended", journal);

        watched.Stop();
        bed.Run();
        Assert.Contains("ended", journal);
    }

    [Fact]
    public async Task A_turn_beyond_the_threshold_is_reported_with_its_message()
    {
        await using var bed = new ActorTestBed(options: new ActorSystemOptions { SlowTurn = TimeSpan.FromMilliseconds(50) });
        var puppet = bed.System.Spawn(Props, "p");
        puppet.Tell(Act.Do(_ => bed.Time.Advance(TimeSpan.FromMilliseconds(50))));
        puppet.Tell(Act.Do(_ => bed.Time.Advance(TimeSpan.FromMilliseconds(51))));
        bed.Run();

        Assert.Equal([new SlowTurn("/p", typeof(Act), TimeSpan.FromMilliseconds(51))], bed.EventsOf<SlowTurn>());
    }

    [Fact]
    public async Task An_unanswered_ask_ends_at_its_time_and_names_the_actor()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(Props, "p");
        var ask = puppet.AskAsync<int>(_ => Act.Say("no answer"), TimeSpan.FromSeconds(3));
        bed.Advance(TimeSpan.FromSeconds(2.999));
        Assert.False(ask.IsCompleted);

        bed.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("/p", (await Assert.ThrowsAsync<TimeoutException>(() => ask)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_reply_to_an_ask_counts()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(Props, "p");
        var ask = puppet.AskAsync<int>(
            to => Act.Do(_ =>
            {
                to.Reply(1);
                to.Reply(2);
                to.Fail(new InvalidOperationException());
            }),
            TimeSpan.FromSeconds(3));
        bed.Run();

        Assert.Equal(1, await ask);
    }

    [Fact]
    public async Task Work_beside_an_actor_comes_back_as_a_message_whether_it_succeeds_or_fails()
    {
        await using var bed = new ActorTestBed();
        var puppet = bed.System.Spawn(Props, "p");
        puppet.Tell(Act.Do(context =>
        {
            context.PipeToSelf(new ValueTask<int>(7), result => Act.Say($"{result}"), _ => Act.Say("failed"));
            context.PipeToSelf(ValueTask.FromException<int>(new TimeoutException()), _ => Act.Say("done"), error => Act.Say(error.GetType().Name));
        }));
        bed.Run();

        Assert.Equal(["started", "7", "TimeoutException", "turn ended"], journal);
    }

    [Fact]
    public async Task The_tree_shows_every_actor_with_its_state_mailbox_and_restarts()
    {
        await using var bed = new ActorTestBed();
        var parent = bed.System.Spawn(Props, "parent");
        var child = (ActorRef<Act>?)null;
        parent.Tell(Act.Do(context => child = context.Spawn(Props, "child")));
        bed.Run();
        child!.Tell(Act.Fail());
        bed.Advance(TimeSpan.FromSeconds(1));
        child.Tell(Act.Fail());
        bed.Run();
        child.Tell(Act.Say("waits"));

        Assert.Equal(
            [new("/", ActorState.Running, 0, 0), new("/parent", ActorState.Running, 0, 0), new("/parent/child", ActorState.Failed, 1, 1)],
            bed.System.Tree());
        Assert.Equal(ActorState.Failed, bed.System.Find("/parent/child")?.State);
        Assert.Null(bed.System.Find("/parent/none"));
    }

    [Fact]
    public async Task Several_subscribers_hear_each_event_until_they_leave()
    {
        await using var bed = new ActorTestBed();
        var (first, second) = (new List<ActorEvent>(), new List<ActorEvent>());
        using var stays = bed.System.Events.Subscribe(first.Add);
        var leaves = bed.System.Events.Subscribe(second.Add);
        bed.System.Spawn(Props, "a").Stop();
        bed.Run();
        leaves.Dispose();
        bed.System.Spawn(Props, "b").Stop();
        bed.Run();

        Assert.Equal(["/a", "/b"], first.Select(happened => happened.Path));
        Assert.Equal(["/a"], second.Select(happened => happened.Path));
    }
}
