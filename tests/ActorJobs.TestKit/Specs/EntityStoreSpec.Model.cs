using Xunit;

namespace ActorJobs.TestKit.Specs;

/// <summary>Many random writes against a model that is too simple to be wrong.</summary>
public abstract partial class EntityStoreSpec
{
    private const int ModelWrites = 10_000;

    [Fact]
    public async Task Ten_thousand_random_writes_leave_what_the_model_has()
    {
        var seed = Seed.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var model = new StoreModel(Shards, epochs);
        var writes = new RandomWrites(new Random(seed), model);
        for (var (written, check) = (0, 0); written < ModelWrites;)
        {
            var group = writes.NextGroup();
            var expected = group.Select(model.Write).ToArray();

            Assert.Equal(expected, await Store.WriteAsync(group, default));

            written += group.Count;
            if (written / 2_500 > check)
            {
                check = written / 2_500;
                await SameAsync(model);
            }
        }
    }

    private async Task SameAsync(StoreModel model)
    {
        var stored = await Store.ReadAsync(model.Keys, default);
        foreach (var (key, entity) in model.Keys.Zip(stored))
        {
            var expected = model.Find(key);
            Assert.Equal(expected?.History.Count ?? 0, entity?.Version ?? 0);
            Assert.Equal(expected?.State, entity is null ? null : Text(entity.State.Data));
            Assert.Equal(expected?.Lease, entity?.Lease is null ? null : Text(entity.Lease.Data));
            var history = await Store.ReadHistoryAsync(key, 0, 10_000, default);
            Assert.Equal(expected?.History ?? [], history.Select(item => Text(item.Event.Data)));
        }

        foreach (var index in RandomWrites.Indexes)
        {
            for (var shard = 0; shard < Shards; shard++)
                Assert.Equal(model.Index(shard, index), await Store.ReadIndexAsync(new(shard, index, 10_000), default));
            Assert.Equal(model.Count(index), await CountAsync(index));
        }

        for (var shard = 0; shard < Shards; shard++)
            Assert.Equal(model.Leased(shard).Order(), (await Store.ReadLeasedAsync(shard, default)).Select(key => key.ToString()).Order());
    }
}
