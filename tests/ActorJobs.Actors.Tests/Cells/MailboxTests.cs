using ActorJobs.Actors.Cells;
using ActorJobs.Actors.Dispatch;
using ActorJobs.TestKit.Simulation;

namespace ActorJobs.Actors.Tests.Cells;

public sealed class MailboxTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Messages_are_handled_in_the_order_they_were_told()
    {
        await using var bed = new ActorTestBed();
        var journal = new List<string>();
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");

        foreach (var word in (string[])["a", "b", "c"])
            puppet.Tell(Act.Say(word));
        bed.Run();

        Assert.Equal(["started", "a", "b", "c", "turn ended"], journal);
    }

    [Fact]
    public async Task A_message_that_waits_holds_the_next_one_back()
    {
        await using var bed = new ActorTestBed();
        var journal = new List<string>();
        var gate = new TaskCompletionSource();
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)), "p");

        puppet.Tell(new Act("wait", async (_, _) => await gate.Task.ConfigureAwait(false)));
        puppet.Tell(Act.Say("next"));
        bed.Run();
        Assert.Equal(["started"], journal);

        await Task.Run(gate.SetResult);
        bed.Run();
        Assert.Equal(["started", "next", "turn ended"], journal);
    }

    [Fact]
    public async Task Of_parallel_tells_none_is_lost_and_one_is_handled_at_a_time_in_its_sender_s_order()
    {
        const int senders = 8, each = 5_000;
        await using var system = new ActorSystem();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = new ExclusiveCounter(senders, senders * each, all);
        var actor = system.Spawn(new Props<(int Sender, int Number)>(() => counter) { Throughput = 16 }, "counter");

        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var number = 0; number < each; number++)
                actor.Tell((sender, number));
        })));

        await all.Task.WaitAsync(Deadline);
        Assert.Equal(0, counter.Overlaps);
        Assert.Equal(0, counter.OutOfOrder);
    }

    [Fact]
    public void No_wake_up_is_lost_when_a_message_comes_as_the_mailbox_goes_to_rest()
    {
        var invoker = new CountingInvoker();
        var mailbox = new Mailbox<int>(invoker, Dispatcher.ThreadPool, 4, 1_000);
        for (var round = 1; round <= 5_000; round++)
        {
            // two writers, released together, against the reader that is just about to rest
            Parallel.Invoke(() => mailbox.Post(0), () => mailbox.Post(0));
            Assert.True(SpinWait.SpinUntil(() => invoker.Handled == 2 * round, Deadline), $"stranded in round {round}: {invoker.Handled} handled");
        }
    }

    [Fact]
    public void System_messages_go_first()
    {
        var dispatcher = new DeterministicDispatcher(1);
        var invoker = new CountingInvoker();
        var mailbox = new Mailbox<int>(invoker, dispatcher, 10, 1_000);
        mailbox.Post(1);
        mailbox.Post(2);
        mailbox.PostSystem(new SystemMessage.Resume());

        dispatcher.RunUntilIdle();

        Assert.Equal(["system", "1", "2", "turn ended"], invoker.Trace);
    }

    [Fact]
    public void A_turn_is_bounded_by_the_throughput_and_ends_once()
    {
        var dispatcher = new DeterministicDispatcher(1);
        var invoker = new CountingInvoker();
        var mailbox = new Mailbox<int>(invoker, dispatcher, 10, 1_000);
        for (var i = 0; i < 25; i++)
            mailbox.Post(i);

        var turns = 0;
        while (dispatcher.RunOne())
            turns++;

        Assert.Equal(3, turns);
        Assert.Equal([10, 21, 27], invoker.Trace.Index().Where(item => item.Item == "turn ended").Select(item => item.Index));
    }

    [Fact]
    public void What_is_suspended_waits_and_what_is_resumed_goes_on()
    {
        var dispatcher = new DeterministicDispatcher(1);
        var invoker = new CountingInvoker();
        var mailbox = new Mailbox<int>(invoker, dispatcher, 10, 1_000);
        mailbox.Suspend();
        mailbox.Post(1);
        dispatcher.RunUntilIdle();
        Assert.Empty(invoker.Trace);

        mailbox.Resume();
        mailbox.PostSystem(new SystemMessage.Resume());
        dispatcher.RunUntilIdle();
        Assert.Equal(["system", "1", "turn ended"], invoker.Trace);
    }

    [Fact]
    public async Task What_a_full_mailbox_cannot_take_becomes_dead_letters()
    {
        await using var bed = new ActorTestBed();
        var journal = new List<string>();
        var puppet = bed.System.Spawn(new Props<Act>(() => new Puppet(journal)) { MailboxLimit = 2 }, "p");

        foreach (var word in (string[])["a", "b", "c"])
            puppet.Tell(Act.Say(word));
        bed.Run();
        puppet.Tell(Act.Say("d"));
        bed.Run();

        Assert.Equal(["started", "a", "b", "turn ended", "d", "turn ended"], journal);
        var letter = Assert.Single(bed.EventsOf<DeadLetter>());
        Assert.Equal(("/p", "c", "mailbox full"), (letter.Path, letter.Message?.ToString(), letter.Reason));
        Assert.Equal(1, bed.System.Events.DeadLetters);
    }

    private sealed class CountingInvoker : IMailboxInvoker<int>
    {
        private int handled;

        public int Handled => Volatile.Read(ref handled);

        public List<string> Trace { get; } = [];

        public ValueTask InvokeAsync(int message)
        {
            Trace.Add($"{message}");
            Interlocked.Increment(ref handled);
            return default;
        }

        public ValueTask InvokeSystemAsync(SystemMessage message)
        {
            Trace.Add("system");
            return default;
        }

        public ValueTask TurnEndedAsync()
        {
            Trace.Add("turn ended");
            return default;
        }
    }

    private sealed class ExclusiveCounter(int senders, int expected, TaskCompletionSource all) : Actor<(int Sender, int Number)>
    {
        private readonly int[] next = new int[senders];
        private int inside;
        private int handled;

        public int Overlaps { get; private set; }

        public int OutOfOrder { get; private set; }

        protected internal override async ValueTask ReceiveAsync((int Sender, int Number) message, ActorContext<(int Sender, int Number)> context)
        {
            if (Interlocked.Increment(ref inside) != 1)
                Overlaps++;
            if (next[message.Sender]++ != message.Number)
                OutOfOrder++;
            if (message.Number % 64 == 0)
                await Task.Yield(); // leaves the thread in the middle of a message
            Interlocked.Decrement(ref inside);
            if (++handled == expected)
                all.SetResult();
        }
    }
}
