using ActorJobs.TestKit.Simulation;

namespace ActorJobs.Actors.Tests.Timers;

public sealed class ActorTimersTests
{
    private readonly List<string> journal = [];

    [Fact]
    public async Task A_timer_fires_once_at_its_time()
    {
        await using var bed = new ActorTestBed();
        Spawn(bed, context => context.Timers.Schedule("t", TimeSpan.FromSeconds(5), Act.Say("fired")));

        bed.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(0, Fired);

        bed.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Fired);
    }

    [Fact]
    public async Task A_delay_that_is_over_fires_at_once()
    {
        await using var bed = new ActorTestBed();
        Spawn(bed, context => context.Timers.Schedule("t", TimeSpan.FromSeconds(-1), Act.Say("fired")));

        Assert.Equal(1, Fired);
    }

    [Fact]
    public async Task A_periodic_timer_fires_again_and_again()
    {
        await using var bed = new ActorTestBed();
        Spawn(bed, context => context.Timers.ScheduleEvery("t", TimeSpan.FromSeconds(5), Act.Say("fired")));

        bed.Advance(TimeSpan.FromSeconds(26));

        Assert.Equal(5, Fired);
    }

    [Fact]
    public async Task A_key_has_one_timer_the_last_one_set()
    {
        await using var bed = new ActorTestBed();
        Spawn(bed, context =>
        {
            context.Timers.ScheduleEvery("t", TimeSpan.FromSeconds(1), Act.Say("fired"));
            context.Timers.Schedule("t", TimeSpan.FromSeconds(7), Act.Say("fired"));
            context.Timers.Schedule("other", TimeSpan.FromSeconds(60), Act.Say("fired"));
        });

        bed.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, Fired);
    }

    [Fact]
    public async Task A_cancelled_timer_does_not_fire()
    {
        await using var bed = new ActorTestBed();
        Spawn(bed, context =>
        {
            context.Timers.ScheduleEvery("t", TimeSpan.FromSeconds(1), Act.Say("fired"));
            context.Timers.Cancel("t");
            context.Timers.Cancel("none");
        });

        bed.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(0, Fired);
        Assert.Equal(0, bed.Time.Timers);
    }

    [Fact]
    public async Task Timers_end_with_their_actor()
    {
        await using var bed = new ActorTestBed();
        var puppet = Spawn(bed, context => context.Timers.ScheduleEvery("t", TimeSpan.FromSeconds(1), Act.Say("fired")));
        puppet.Stop();
        bed.Run();

        Assert.Equal(0, bed.Time.Timers);
        bed.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(bed.EventsOf<DeadLetter>());
    }

    [Fact]
    public async Task Timers_end_with_a_restart()
    {
        await using var bed = new ActorTestBed();
        var puppet = Spawn(bed, context => context.Timers.ScheduleEvery("t", TimeSpan.FromSeconds(1), Act.Say("fired")));
        puppet.Tell(Act.Fail());
        bed.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(0, Fired);
        Assert.Equal(0, bed.Time.Timers);
    }

    private int Fired => journal.Count(word => word == "fired");

    private ActorRef<Act> Spawn(ActorTestBed bed, Action<ActorContext<Act>> first)
    {
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");
        puppet.Tell(Act.Do(first));
        bed.Run();
        return puppet;
    }
}
