using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Tests.Entities;

/// <summary>Messages between entities: at least once, until answered, across faults and restarts.</summary>
public sealed class OutboxTests
{
    private static readonly string[] Receivers = ["b", "c", "d", "e", "a"];

    [Fact]
    public async Task A_message_leaves_after_the_commit_and_its_answer_takes_it_out_of_the_outbox()
    {
        await using var bed = Start();
        var hold = bed.Store.Writes.Hold();
        Send(bed, "a", Parcels(1, "b"));
        Assert.Single(bed.Store.Groups);

        hold.Release();
        bed.Run();

        var (from, to) = (await StateAsync(bed, "a"), await StateAsync(bed, "b"));
        Assert.Empty(from.Owed);
        Assert.Equal(["took 0"], from.Answers);
        Assert.Equal([0], to.Taken);
        Assert.Equal(0, await ListedAsync(bed));
    }

    [Fact]
    public async Task Many_messages_go_in_batches_and_each_arrives_once()
    {
        await using var bed = Start(shards: 4);

        Send(bed, "a", Parcels(1000, Receivers));
        bed.Run();

        Assert.Empty((await StateAsync(bed, "a")).Owed);
        foreach (var (id, place) in Receivers.Select((id, place) => (id, place)))
            Assert.Equal(Enumerable.Range(0, 1000).Where(number => number % 5 == place), (await StateAsync(bed, id)).Taken.Order());
        Assert.True((await bed.Store.ReadHistoryAsync(Courier.Key("a"), 0, 1000, default)).Count < 420, "answers of one turn are one event");
    }

    [Fact]
    public async Task A_new_owner_sends_what_the_former_one_had_not_heard_of()
    {
        await using var bed = Start();
        bed.Store.Reads.GoDown(); // the receiver cannot be read, so nothing is answered
        Send(bed, "a", Parcels(1, "b"), isNew: true);
        bed.Run();
        Assert.Equal(1, await ListedAsync(bed));
        bed.Store.Reads.ComeBack();

        await bed.RestartAsync();
        bed.Run();

        Assert.Equal([0], (await StateAsync(bed, "b")).Taken);
        Assert.Equal(0, await ListedAsync(bed));
    }

    [Fact]
    public async Task What_could_not_be_delivered_is_sent_again_after_a_growing_wait()
    {
        await using var bed = Start();
        bed.Store.Reads.GoDown();
        Send(bed, "a", Parcels(1, "b"), isNew: true);
        bed.Run();

        bed.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await ListedAsync(bed));
        bed.Store.Reads.ComeBack();
        bed.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal([0], (await StateAsync(bed, "b")).Taken);
        Assert.Empty((await StateAsync(bed, "a")).Owed);
    }

    [Fact]
    public async Task An_answer_whose_write_fails_is_not_lost()
    {
        await using var bed = Start();
        var (promise, receipt) = (bed.Store.Writes.Hold(), bed.Store.Writes.Hold());
        bed.Store.Writes.FailBefore(); // the acknowledgement
        Send(bed, "a", Parcels(1, "b"));
        promise.Release();
        bed.Run();
        receipt.Release();
        bed.Run();

        bed.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty((await StateAsync(bed, "a")).Owed);
        Assert.Equal([0], (await StateAsync(bed, "b")).Taken);
    }

    [Fact]
    public async Task A_sparsely_stored_state_is_rebuilt_from_the_events_since()
    {
        await using var bed = Start(isSparse: true);
        for (var round = 0; round < 300; round++)
            Send(bed, "a", Parcels(1, "b", first: round));
        bed.Run();
        var inMemory = await StateAsync(bed, "a", isSparse: true);
        await bed.RestartAsync();

        Send(bed, "a", Parcels(1, "b", first: 300));
        bed.Run();

        Assert.Equal(300, inMemory.Answers.Count);
        Assert.Equal(301, (await StateAsync(bed, "a", isSparse: true)).Answers.Count);
        Assert.Equal(Enumerable.Range(0, 301), (await StateAsync(bed, "b", isSparse: true)).Taken.Order());
    }

    [Fact]
    public async Task A_big_state_that_changes_in_small_steps_is_seldom_written()
    {
        await using var bed = Start(isSparse: true);
        for (var number = 0; number < 2000; number++)
        {
            bed.Host.Send([new EntityCommand(Courier.Key("b"), new CourierCommand.Take(number))]);
            bed.Run();
        }

        var written = bed.Store.Groups.SelectMany(group => group).Sum(write => write.State?.Data.Length ?? 0);
        var events = bed.Store.Groups.SelectMany(group => group).Sum(write => write.Events.Sum(item => item.Data.Length));
        Assert.InRange(written, 1, 2 * events);
    }

    private static EntityBed Start(int shards = 1, bool isSparse = false) =>
        EntityBed.Start(options => options with { Shards = shards, Kinds = [Courier.Kind(isSparse)] });

    private static Parcel[] Parcels(int count, params string[] to) => Parcels(count, to, 0);

    private static Parcel[] Parcels(int count, string to, int first) => Parcels(count, [to], first);

    private static Parcel[] Parcels(int count, string[] to, int first) =>
        [.. Enumerable.Range(first, count).Select(number => new Parcel(number, to[(number - first) % to.Length]))];

    private static void Send(EntityBed bed, string id, Parcel[] parcels, bool isNew = false)
    {
        bed.Host.Send([new EntityCommand(Courier.Key(id), new CourierCommand.Deliver(parcels)) { IsNew = isNew }]);
        bed.Run();
    }

    private static async Task<Courier> StateAsync(EntityBed bed, string id, bool isSparse = false) =>
        (await StoredState.ReadAsync(bed.Store, Courier.Kind(isSparse), id, default))!;

    private static async Task<long> ListedAsync(EntityBed bed) => (await bed.Store.CountAsync(Outbox.Index, default)).GetValueOrDefault(Outbox.Index);
}
