using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Tests.Entities;

/// <summary>States of many entities read from the store.</summary>
public sealed class StoredStateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_come_in_the_order_asked_for_without_those_that_are_not_there(bool isSparse)
    {
        await using var bed = EntityBed.Start(options => options with { Shards = 4, Kinds = [Courier.Kind(isSparse)] });
        var ids = Enumerable.Range(0, 50).Select(number => $"c{number}").ToArray(); // more than are read at once
        foreach (var id in ids)
        {
            for (var round = 0; round < 3; round++)
            {
                bed.Host.Send([new EntityCommand(Courier.Key(id), new CourierCommand.Take(round))]);
                bed.Run();
            }
        }

        var asked = ids.Reverse().SelectMany(id => new[] { id, id + "-nobody" });
        var read = await StoredState.ReadAllAsync(bed.Store, Courier.Kind(isSparse), asked, default).ToListAsync();

        Assert.Equal(ids.Reverse(), read.Select(item => item.Id));
        Assert.All(read, item => Assert.Equal([0, 1, 2], item.State.Taken.Order()));
    }

    [Fact]
    public async Task A_page_asks_the_store_a_few_times_however_many_there_are()
    {
        await using var bed = EntityBed.Start(options => options with { Shards = 4, Kinds = [Courier.Kind()] });
        var before = bed.Store.Calls;

        await StoredState.ReadAllAsync(bed.Store, Courier.Kind(), Enumerable.Range(0, 64).Select(number => $"c{number}"), default).ToListAsync();

        Assert.Equal(4, bed.Store.Calls - before);
    }
}
