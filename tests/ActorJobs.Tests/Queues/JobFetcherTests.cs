using ActorJobs.Actors;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.Queues;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Queues;

/// <summary>The fetcher when it, a shard or the store fails: every job starts once, no slot is lost or won.</summary>
public sealed class JobFetcherTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task Wherever_the_fetcher_fails_every_job_starts_and_no_slot_is_lost_or_won()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var kind = new ScriptedKind("work");
            await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [kind.Kind], Slots = 2, Seed = seed });
            var random = new Random(seed);
            for (var round = 0; round < 4; round++)
            {
                var submitting = node.Client.SubmitManyAsync([.. Enumerable.Repeat(kind.Request(), 3)]).AsTask();
                for (var turns = random.Next(30); turns > 0; turns--)
                    node.RunOne();
                Break(node);
                await node.DriveAsync(submitting);
                node.Advance(TimeSpan.FromSeconds(1));
                Assert.True(kind.Open.Count == 2, $"seed {seed}, round {round}: {kind.Open.Count} run");
                kind.Open[random.Next(2)].Complete();
            }

            while (kind.Open.Count > 0)
            {
                Assert.InRange(kind.Open.Count, 0, 2);
                kind.Open[0].Complete();
                node.Run();
            }

            Assert.True(kind.Begun.Count == 12, $"seed {seed}: {kind.Begun.Count} started");
        }
    }

    [Fact]
    public async Task A_page_that_the_fetcher_asked_for_before_its_restart_does_no_harm()
    {
        await using var node = await StartAsync();
        var store = (FaultyEntityStore)node.Setup.Store;
        await PauseAsync(node, true);
        await node.SubmitAsync(work.Request());
        var held = store.IndexReads.HoldResult();
        node.Jobs.Fetcher.Tell(new FetcherMessage.ShardAcquired(0));
        await node.UntilAsync(() => held.Reached.IsCompleted);

        Break(node);
        node.Advance(TimeSpan.FromSeconds(1));
        held.Release();
        await PauseAsync(node, false);

        Assert.Single(work.Begun);
        Assert.Single(node.Events.Seen.OfType<ActorRestarted>());
    }

    [Fact]
    public async Task A_fetcher_that_fails_again_and_again_is_never_given_up()
    {
        await using var node = await StartAsync();
        for (var failure = 0; failure < 15; failure++)
        {
            Break(node);
            node.Advance(TimeSpan.FromSeconds(11));
        }

        await node.SubmitAsync(work.Request());

        Assert.Single(work.Begun);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_asked_again_a_little_later_and_not_in_a_loop()
    {
        await using var node = await StartAsync();
        var store = (FaultyEntityStore)node.Setup.Store;
        await PauseAsync(node, true);
        await node.SubmitAsync(work.Request());
        store.IndexReads.GoDown();
        store.Counts.GoDown();
        for (var shard = 0; shard < 4; shard++)
            node.Jobs.Fetcher.Tell(new FetcherMessage.ShardAcquired(shard));

        node.Run(); // comes to rest
        var asked = store.Calls;
        node.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(store.Calls - asked, 10, 100);
        store.IndexReads.ComeBack();
        store.Counts.ComeBack();
        await PauseAsync(node, false);
        node.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(work.Begun);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_waited_for_longer_than_half_a_minute()
    {
        await using var node = await StartAsync();
        var store = (FaultyEntityStore)node.Setup.Store;
        await PauseAsync(node, true);
        await node.SubmitAsync(work.Request());
        store.Counts.Hang();
        store.IndexReads.Hang();
        node.Jobs.Fetcher.Tell(new FetcherMessage.ShardAcquired(0));
        node.Jobs.Fetcher.Tell(new FetcherMessage.ShardAcquired(1));
        node.Jobs.Fetcher.Tell(new FetcherMessage.ShardAcquired(2));
        node.Jobs.Fetcher.Tell(new FetcherMessage.ShardAcquired(3));
        node.Advance(TimeSpan.FromSeconds(32));
        await PauseAsync(node, false);

        Assert.Single(work.Begun);
    }

    // each shard gets another owner at the worst moment: its claims, and the outcomes on their way, cannot be written, and are tried again
    [Fact]
    public async Task Claims_and_outcomes_that_a_lost_shard_did_not_take_are_tried_again()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var memory = new MemoryEntityStore();
            var kind = new ScriptedKind("work");
            await using var node = await TestNode.StartAsync(new TestNodeSetup { Store = memory, Kinds = [kind.Kind], Slots = 2, Seed = seed });
            await node.DriveAsync(node.Client.SubmitManyAsync([.. Enumerable.Repeat(kind.Request(), 6)]));
            for (var done = 0; done < 6; done++)
            {
                kind.Open[0].Complete();
                for (var shard = 0; shard < 4; shard++)
                    await memory.AcquireShardAsync(shard, "thief", CancellationToken.None);
                node.Advance(TimeSpan.FromSeconds(3));
            }

            var page = await node.Queries.ListAsync(new(), null, 10);
            Assert.True(page.Items.All(view => view.State == JobStatus.Completed), $"seed {seed}: {string.Join(", ", page.Items)}");
            Assert.True(kind.Begun.Count == 6, $"seed {seed}: {kind.Begun.Count} started");
            Assert.Equal(0, Assert.Single(await node.Control.ListPoolsAsync()).Busy);
        }
    }

    // no level of that name can be in memory
    private static void Break(TestNode node) =>
        node.Jobs.Fetcher.Tell(new FetcherMessage.PageWanted(new FetcherMessage.PageRead(null!, "none such", 0, 0, null)));

    private static async Task PauseAsync(TestNode node, bool paused) =>
        await node.DriveAsync(node.Control.ChangeQueueAsync("default", new(Paused: paused)));

    private Task<TestNode> StartAsync() => TestNode.StartAsync(new TestNodeSetup { Store = new FaultyEntityStore(new MemoryEntityStore()), Kinds = [work.Kind] });
}
