using ActorJobs.Workloads.Scraping.Steps;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

public sealed class ReportPaceTests
{
    [Fact]
    public void Reports_go_on_when_time_has_passed_and_something_was_gained()
    {
        var time = new FakeTime();
        var pace = new ReportPace(time);

        Assert.False(pace.Takes(0.5));
        time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.True(pace.Takes(0.5));
        Assert.False(pace.Takes(0.9));
        time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.False(pace.Takes(0.505));
        Assert.False(pace.Takes(0.2));
        Assert.True(pace.Takes(0.51));
    }

    [Fact]
    public void However_long_a_step_takes_it_reports_a_hundred_times_at_most()
    {
        var time = new FakeTime();
        var pace = new ReportPace(time);
        var taken = 0;
        for (var i = 0; i <= 10_000; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            taken += pace.Takes(i / 10_000.0) ? 1 : 0;
        }

        Assert.InRange(taken, 50, 100);
    }
}
