using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Tests.Jobs;

public sealed class JobIdsTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Later_ids_sort_after_earlier_ones_also_when_the_clock_stands_still_or_goes_back()
    {
        var ids = new List<string>();
        foreach (var clock in new[] { time, new FakeTimeProvider(time.GetUtcNow().AddDays(-1)) })
        {
            for (var i = 0; i < 5_000; i++)
                ids.Add(JobIds.New(clock).Value);
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Ids_made_by_many_threads_at_one_instant_are_all_different()
    {
        var made = new string[8][];
        Parallel.For(0, made.Length, thread => made[thread] = [.. Enumerable.Range(0, 5_000).Select(_ => JobIds.New(time).Value)]);

        Assert.Equal(40_000, made.SelectMany(ids => ids).Distinct().Count());
        Assert.All(made, ids => Assert.Equal(ids.Order(StringComparer.Ordinal), ids));
    }

    [Fact]
    public void A_new_id_is_a_UUID_of_version_7_that_holds_its_time()
    {
        time.Advance(TimeSpan.FromDays(365 * 50)); // ahead of what other tests have drawn in this process
        var id = Guid.Parse(JobIds.New(time).Value);

        Assert.Equal((7, 2), (id.Version, id.Variant >> 2));
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
        Assert.True(JobId.IsValid(id.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void An_id_can_be_drawn_for_the_shard_of_a_key(int shards) =>
        Assert.All(["a", "b", "invoice-77"], key =>
            Assert.Equal(ShardHash.Of(key, shards), ShardHash.Of(JobIds.NewOnShardOf(key, shards, () => JobIds.New(time)).Value, shards)));

    [Fact]
    public void A_childs_id_is_decided_by_parent_key_and_position_alone()
    {
        var parent = new JobId("parent");

        Assert.Equal(JobIds.Child(parent, "pages", 3), JobIds.Child(parent, "pages", 3));
        Assert.Equal(
            4,
            new[] { JobIds.Child(parent, "pages", 3), JobIds.Child(parent, "pages", 4), JobIds.Child(parent, "page", 3), JobIds.Child(new("other"), "pages", 3) }
                .Distinct().Count());
    }

    // what a former release has derived must be derived for ever, or a retried parent submits its children twice
    [Fact]
    public void Derived_ids_are_stable_across_releases()
    {
        Assert.Equal("ba7816bf-8f01-8fea-8141-40de5dae2223", JobIds.Derived("abc").Value);
        Assert.Equal((8, 2), (Guid.Parse(JobIds.Derived("abc").Value).Version, Guid.Parse(JobIds.Derived("abc").Value).Variant >> 2));
        Assert.Equal(JobIds.Derived("parent\npages\n3"), JobIds.Child(new("parent"), "pages", 3));
    }
}
