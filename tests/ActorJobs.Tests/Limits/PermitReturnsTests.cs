using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Limits;
using ActorJobs.TestKit.Simulation;

namespace ActorJobs.Tests.Limits;

/// <summary>Permits on their way back to their arbiters.</summary>
public sealed class PermitReturnsTests : IAsyncDisposable
{
    private readonly ActorTestBed bed = new();
    private readonly List<EntityCommand> sent = [];
    private readonly ActorRef<PermitReturn> returns;

    public PermitReturnsTests() => returns = bed.System.Spawn(new Props<PermitReturn>(() => new PermitReturns(sent.AddRange)), "returns");

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public void What_comes_back_while_an_arbiter_writes_goes_with_its_next_settlement()
    {
        Return("a", 1);
        Assert.Equal([1], Ended(Assert.Single(sent)));

        Return("a", 2);
        returns.Tell(new PermitReturn.Back("a", [4], [3]));
        bed.Run();
        Assert.Single(sent);

        sent[0].Replies!.Reply(0, true);
        bed.Run();
        Assert.Equal([2, 3], Ended(sent[1]));
        Assert.Equal([4], ((SettlePermits)sent[1].Command).Started);
    }

    [Fact]
    public void One_queue_does_not_wait_for_another()
    {
        Return("a", 1);
        Return("b", 1);
        Assert.Equal(["a", "b"], sent.Select(command => command.Key.Id));
    }

    [Fact]
    public void An_answer_that_never_comes_is_waited_for_ten_seconds_and_one_that_comes_then_settles_nothing_else()
    {
        Return("a", 1);
        Return("a", 2);
        bed.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, sent.Count);

        Return("a", 3);
        sent[0].Replies!.Reply(0, true);
        bed.Run();
        Assert.Equal(2, sent.Count);
    }

    private void Return(string queue, long permit)
    {
        returns.Tell(new PermitReturn.Back(queue, [], [permit]));
        bed.Run();
    }

    private static IReadOnlyList<long> Ended(EntityCommand command) => ((SettlePermits)command.Command).Ended;
}
