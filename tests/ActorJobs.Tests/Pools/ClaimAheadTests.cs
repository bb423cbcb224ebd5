using ActorJobs.Pools;

namespace ActorJobs.Tests.Pools;

public sealed class ClaimAheadTests
{
    private readonly ClaimAhead ahead = new();

    [Fact]
    public void Nothing_is_claimed_ahead_before_a_run_has_been_seen()
    {
        Note(claim: 10, run: null);

        Assert.Equal(0, ahead.Places(4));
    }

    [Theory]
    [InlineData(10, 2, 4, 20)] // slots run through five jobs each while one claim is under way
    [InlineData(2, 10, 10, 2)]
    [InlineData(10, 0, 4, 2048)] // bounded
    [InlineData(0, 2, 4, 0)]
    public void Short_jobs_are_claimed_ahead_for_as_long_as_a_claim_takes(int claim, int run, int slots, int places)
    {
        Note(claim, run);

        Assert.InRange(ahead.Places(slots), places - 1, places); // smoothing comes near, never there
    }

    [Fact]
    public void Long_jobs_are_never_claimed_ahead()
    {
        Note(claim: 500, run: 21);

        Assert.Equal(0, ahead.Places(100));
    }

    [Fact]
    public void A_single_long_run_among_short_ones_stops_claiming_ahead_until_it_is_forgotten()
    {
        Note(claim: 10, run: 1);
        Assert.True(ahead.Places(4) > 0);

        ahead.NoteRun(TimeSpan.FromSeconds(10));
        Assert.Equal(0, ahead.Places(4));

        Note(claim: 10, run: 1);
        Assert.True(ahead.Places(4) > 0);
    }

    // often enough for the smoothing to have settled
    private void Note(int claim, int? run)
    {
        for (var i = 0; i < 500; i++)
        {
            ahead.NoteClaim(TimeSpan.FromMilliseconds(claim));
            if (run is { } milliseconds)
                ahead.NoteRun(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
