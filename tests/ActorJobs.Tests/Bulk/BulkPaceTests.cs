using ActorJobs.Bulk;

namespace ActorJobs.Tests.Bulk;

/// <summary>When the jobs of a paced retry run.</summary>
public sealed class BulkPaceTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 500)]
    [InlineData(0.01, 50)]
    [InlineData(1.0, 60)]
    [InlineData(4.0, 240)]
    [InlineData(10_000.0, 500)]
    public void A_page_is_about_what_the_next_minute_holds(double? perSecond, int size) => Assert.Equal(size, BulkPace.PageSize(perSecond));

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(250)]
    public void No_second_holds_more_jobs_than_the_rate_says(double perSecond)
    {
        var instants = Enumerable.Range(0, 1000).Select(index => BulkPace.At(Now, index, perSecond)).ToArray();

        for (var first = 0; first < instants.Length; first++)
        {
            var inOneSecond = instants.Skip(first).TakeWhile(instant => instant < instants[first].AddSeconds(1)).Count();
            Assert.True(inOneSecond <= Math.Ceiling(perSecond), $"{inOneSecond} in the second from the {first}th on");
        }
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(61, 31)]
    [InlineData(500, 470)]
    public void There_is_a_rest_once_a_minute_is_laid_out_and_it_ends_before_the_work_does(int laidOut, int? rest) =>
        Assert.Equal(rest is { } seconds ? TimeSpan.FromSeconds(seconds) : null, BulkPace.Rest(Now.AddSeconds(laidOut), Now));

    [Fact]
    public void A_sample_is_the_share_that_was_asked_for_and_always_the_same()
    {
        var ids = Enumerable.Range(0, 20_000).Select(number => new JobId($"job-{number}")).ToArray();

        var drawn = ids.Where(id => BulkSelection.IsDrawn(id, 0.1)).ToArray();

        Assert.InRange(drawn.Length, 1800, 2200);
        Assert.Equal(drawn, ids.Where(id => BulkSelection.IsDrawn(id, 0.1)));
        Assert.All(drawn, id => Assert.True(BulkSelection.IsDrawn(id, 0.2)));
        Assert.Equal(ids.Length, ids.Count(id => BulkSelection.IsDrawn(id, null)));
        Assert.Equal(ids.Length, ids.Count(id => BulkSelection.IsDrawn(id, 1)));
    }
}
