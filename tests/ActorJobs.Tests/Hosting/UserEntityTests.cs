using ActorJobs.Actors.Entities;
using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Hosting;

/// <summary>An application's own persistent actor, registered as an application does it.</summary>
public sealed class UserEntityTests
{
    private static readonly EntityKey Basket = new("basket", "anna");

    [Fact]
    public async Task It_decides_remembers_and_outlives_the_node()
    {
        await using var node = await StartAsync();
        Assert.Equal(1, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("apple"))));
        Assert.Equal(2, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("pear"))));
        node.Kill();

        await using var next = await TestNode.StartAsync(node.Setup with { Name = "node-2" });

        Assert.Equal(3, await next.DriveAsync(next.Entities.AskAsync<int>(Basket, new AddItem("plum"))));
    }

    [Fact]
    public async Task A_repeated_command_gets_its_first_answer_also_after_a_restart()
    {
        await using var node = await StartAsync();
        Assert.Equal(1, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("apple"), "request-1")));
        Assert.Equal(2, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("pear"), "request-2")));
        Assert.Equal(1, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("apple"), "request-1")));
        node.Kill();

        await using var next = await TestNode.StartAsync(node.Setup with { Name = "node-2" });

        Assert.Equal(1, await next.DriveAsync(next.Entities.AskAsync<int>(Basket, new AddItem("apple"), "request-1")));
        Assert.Equal(3, await next.DriveAsync(next.Entities.AskAsync<int>(Basket, new AddItem("plum"))));
    }

    [Fact]
    public async Task It_is_woken_at_its_time()
    {
        await using var node = await StartAsync();
        await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("apple")));

        node.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("pear")))); // emptied meanwhile
    }

    [Fact]
    public async Task A_command_it_does_not_know_is_refused_and_does_no_harm()
    {
        await using var node = await StartAsync();

        var refused = await Assert.ThrowsAsync<EntityException>(() => node.DriveAsync(node.Entities.AskAsync<int>(Basket, "what?")));

        Assert.Equal(EntityFailureReason.Faulted, refused.Failure.Reason);
        Assert.Equal(1, await node.DriveAsync(node.Entities.AskAsync<int>(Basket, new AddItem("apple"))));
    }

    [Theory]
    [InlineData("job")]
    [InlineData("queue")]
    [InlineData("no name!")]
    public void The_systems_own_names_are_taken(string kind) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddActorJobs(jobs => jobs.AddEntity<BasketDecider>(kind)));

    private static async Task<TestNode> StartAsync()
    {
        await using var services = new ServiceCollection().AddActorJobs(jobs => jobs.AddEntity<BasketDecider>("basket")).BuildServiceProvider();
        return await TestNode.StartAsync(new TestNodeSetup { Entities = [.. services.GetServices<EntityKind>()] });
    }

    public sealed record AddItem(string Name) : BasketCommand;

    public sealed record Clear : BasketCommand;

    public abstract record BasketCommand;

    public abstract record BasketEvent;

    [EventType("basket.item-added.v1")]
    public sealed record ItemAdded(string Name, DateTimeOffset At) : BasketEvent;

    [EventType("basket.cleared.v1")]
    public sealed record Cleared : BasketEvent;

    public sealed record BasketState(IReadOnlyList<string> Items, DateTimeOffset? ClearAt);

    public sealed class BasketDecider : IDecider<BasketState, BasketCommand, BasketEvent>
    {
        public BasketState Initial { get; } = new([], null);

        public BasketCommand Wake { get; } = new Clear();

        public Decision<BasketEvent> Decide(BasketState state, BasketCommand command, DecisionContext context) => command is AddItem add
            ? Decision.Happened<BasketEvent>(new ItemAdded(add.Name, context.Now), state.Items.Count + 1)
            : Decision.Happened<BasketEvent>(new Cleared(), null);

        public BasketState Evolve(BasketState state, BasketEvent happened) => happened is ItemAdded added
            ? new([.. state.Items, added.Name], added.At.AddHours(1))
            : new([], null);

        public Intents Intents(BasketState state) => new() { WakeAt = state.ClearAt };
    }
}
