namespace ActorJobs.Server.Tests.Node;

public sealed class RestingHeapTests
{
    private const long Mega = 1 << 20;

    private readonly RestingHeap heap = new();
    private long allocated;

    [Fact]
    public void Only_after_two_quiet_looks_in_a_row()
    {
        Assert.False(Look(500, resident: 300));
        Assert.False(Look(1, resident: 300));
        Assert.False(Look(100, resident: 300));
        Assert.False(Look(1, resident: 300));
        Assert.True(Look(1, resident: 300));
    }

    [Fact]
    public void What_gave_back_little_is_not_collected_again_until_there_is_more()
    {
        Rest(resident: 300);
        heap.Trimmed(295 * Mega);

        Assert.All(Enumerable.Range(0, 10), _ => Assert.False(Look(1, resident: 300)));
        Assert.True(Look(1, resident: 308));
    }

    [Fact]
    public void A_large_living_heap_is_left_alone()
    {
        Assert.False(Look(1, resident: 900, alive: 500));
        Assert.False(Look(1, resident: 900, alive: 500));
        Assert.True(Look(1, resident: 900, alive: 100));
    }

    private void Rest(long resident)
    {
        Look(1, resident);
        Assert.True(Look(1, resident));
    }

    private bool Look(long newlyAllocated, long resident, long alive = 50) =>
        heap.ShouldTrim(allocated += newlyAllocated * Mega, resident * Mega, alive * Mega);
}
