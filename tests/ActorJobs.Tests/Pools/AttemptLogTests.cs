using ActorJobs.Jobs;
using ActorJobs.Pools;

namespace ActorJobs.Tests.Pools;

public sealed class AttemptLogTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AttemptLog log = new(null);

    [Fact]
    public void An_attempt_that_says_nothing_costs_nothing()
    {
        Assert.Null(log.TakeNews());
        Assert.Same(AttemptReport.Nothing, log.Report);
    }

    [Fact]
    public void News_is_told_once_and_is_all_there_is()
    {
        log.Progress(0.25, "a quarter");
        log.Add("one", Now);
        log.Add("two", Now);

        var news = log.TakeNews()!;

        Assert.Equal(new JobProgress(0.25, "a quarter"), news.Progress);
        Assert.Equal(["one", "two"], news.Log!.Select(line => line.Text));
        Assert.Null(log.TakeNews());
    }

    [Fact]
    public void The_last_200_lines_are_kept_each_up_to_1000_characters()
    {
        for (var number = 1; number <= 250; number++)
            log.Add($"{number} {new string('x', 2000)}", Now);

        var lines = log.Report.Log!;

        Assert.Equal((200, "51", 1000), (lines.Count, lines[0].Text.Split(' ')[0], lines[0].Text.Length));
        Assert.StartsWith("250 ", lines[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(7, 1)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Progress_is_between_nothing_and_everything(double said, double kept)
    {
        log.Progress(said, new string('x', 900));

        Assert.Equal((kept, 500), (log.Report.Progress!.Fraction, log.Report.Progress.Message!.Length));
    }

    [Fact]
    public void The_checkpoint_of_an_earlier_attempt_is_reported_on_until_there_is_another()
    {
        var resumed = new AttemptLog(RawJson.Parse("1"));
        Assert.Equal("1", resumed.Report.Checkpoint.ToString());

        resumed.Checkpoint(RawJson.Parse("2"));
        Assert.Equal("2", resumed.Report.Checkpoint.ToString());

        resumed.Checkpoint(RawJson.Null);
        Assert.Null(resumed.Report.Checkpoint);
    }
}
