using ActorJobs.Actors.Cluster;
using ActorJobs.TestKit.Specs;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Actors.Tests.Cluster;

public sealed class MemoryMembershipStoreTests : MembershipStoreSpec
{
    private readonly FakeTimeProvider clock = new();

    public MemoryMembershipStoreTests() => Members = new MemoryMembershipStore(clock);

    protected override IMembershipStore Members { get; }

    protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
