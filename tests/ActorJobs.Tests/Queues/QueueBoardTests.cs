using ActorJobs.Queues;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Tests.Queues;

public sealed class QueueBoardTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Parallel_reservations_never_exceed_the_capacity_and_fill_it()
    {
        var queue = QueueOf(capacity: 1000);
        queue.AddWaiting(400);
        var reserved = 0;

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (queue.TryReserve())
                    Interlocked.Increment(ref reserved);
            }
        });

        Assert.Equal(600, reserved);
    }

    [Fact]
    public void A_reservation_becomes_a_waiting_job_or_is_given_back()
    {
        var queue = QueueOf(capacity: 2);
        Assert.True(queue.TryReserve() && queue.TryReserve() && !queue.TryReserve());

        queue.AddWaiting(1); // the first one is durable
        queue.GiveBack();
        Assert.False(queue.TryReserve());

        queue.GiveBack(); // the second one was refused
        Assert.True(queue.TryReserve());
    }

    [Fact]
    public void Parallel_submits_and_starts_never_let_more_wait_than_the_capacity()
    {
        var queue = QueueOf(capacity: 50);
        long most = 0;

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 2000; i++)
            {
                if (!queue.TryReserve())
                    continue;
                queue.AddWaiting(1);
                queue.GiveBack();
                InterlockedMax(ref most, queue.Waiting);
                queue.AddWaiting(-1);
            }
        });

        Assert.InRange(most, 1, 50);
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public void A_full_queue_says_when_a_hundredth_of_it_will_have_drained()
    {
        var queue = QueueOf(capacity: 10_000);
        for (var second = 0; second < 10; second++)
        {
            for (var i = 0; i < 20; i++)
                queue.CountFinished();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(20, queue.DrainRate);
        Assert.Equal(TimeSpan.FromSeconds(5), queue.RetryAfter());
    }

    [Fact]
    public void The_advice_is_between_a_second_and_five_minutes_and_half_a_minute_when_nothing_drains()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), QueueOf(capacity: 1).RetryAfter());

        var fast = QueueOf(capacity: 1);
        var slow = QueueOf(capacity: 10_000_000);
        for (var i = 0; i < 10_000; i++)
            fast.CountFinished();
        slow.CountFinished();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), (fast.RetryAfter(), slow.RetryAfter()));
    }

    [Fact]
    public void A_steered_capacity_comes_before_the_configured_one()
    {
        var queue = QueueOf(capacity: 5);
        queue.Settings = QueueSettings.Default with { Capacity = 0 };

        Assert.False(queue.TryReserve());
    }

    [Fact]
    public void Configured_queues_are_known_before_their_first_job()
    {
        var options = new ActorJobsOptions();
        options.Queues["mail"] = new QueueOptions { Capacity = 3 };
        var board = new QueueBoard(options, time);

        Assert.Equal(["mail"], board.Names);
        Assert.Equal(3, board.Find("mail")!.Capacity);
        Assert.Null(board.Find("other"));
        Assert.Equal(10_000_000, board.Of("other").Capacity);
    }

    [Fact]
    public void What_was_read_before_somebody_steered_does_not_undo_it()
    {
        var queue = QueueOf(capacity: 10);
        var known = queue.Settings;
        queue.Settings = known with { Paused = true };

        queue.Exchange(known with { Capacity = 5 }, known);
        Assert.True(queue.Settings.Paused);

        queue.Exchange(known, queue.Settings);
        Assert.False(queue.Settings.Paused);
    }

    [Fact]
    public void A_queue_is_known_while_it_is_steered_and_from_its_first_job_on()
    {
        var board = new QueueBoard(new ActorJobsOptions(), time);
        board.Of("slip").Settings = QueueSettings.Default with { Paused = true };
        board.Of("mail").AddWaiting(1);
        board.Of("mail").AddWaiting(-1);
        var steered = board.Names.Order().ToArray();

        board.Of("slip").Settings = QueueSettings.Default;

        Assert.Equal(["mail", "slip"], steered);
        Assert.Equal(["mail"], board.Names);
        Assert.Equal((true, false, false), (board.Knows("mail"), board.Knows("slip"), board.Knows("other")));
    }

    private QueueEntry QueueOf(long capacity) => new(new QueueOptions { Capacity = capacity }, false, time);

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen; seen = Interlocked.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
