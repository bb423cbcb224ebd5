using ActorJobs.Actors.Cluster;
using ActorJobs.TestKit.Specs;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Actors.Tests.Cluster;

public sealed class MemoryMembershipStoreTests : MembershipStoreSpec
{
    private readonly FakeTimeProvider time = new();

    public MemoryMembershipStoreTests() => Members = new MemoryMembershipStore(time);

    protected override IMembershipStore Members { get; }

    protected override Task PassAsync(TimeSpan by)
    {
        time.Advance(by);
        return Task.CompletedTask;
    }
}
