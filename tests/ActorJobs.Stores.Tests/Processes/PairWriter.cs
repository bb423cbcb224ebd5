using ActorJobs.Actors.Stores;
using ActorJobs.Sqlite;

namespace ActorJobs.Stores.Tests.Processes;

/// <summary>
/// A process that writes pairs of entities, both of a pair always in one group, goes on from what is stored, and says on standard output what the store
/// has acknowledged. Ends when standard input does, or when it is killed.
/// </summary>
internal static class PairWriter
{
    public const string Argument = "write-pairs";
    public const string Opening = "opening";
    public const string Open = "open";

    public static async Task<int> RunAsync(string path, int seed)
    {
        Say(Opening);
        await using var store = new SqliteEntityStore(new SqliteStoreOptions { Path = path });
        await store.OpenAsync(PairedEntity.Shards, default);
        var epochs = new long[PairedEntity.Shards];
        for (var shard = 0; shard < epochs.Length; shard++)
            epochs[shard] = await store.AcquireShardAsync(shard, "writer", default);
        var versions = (await store.ReadAsync(PairedEntity.AllKeys, default)).Select(stored => stored?.Version ?? 0).ToArray();
        Say(Open);

        var random = new Random(seed);
        var stop = Task.Run(Console.In.ReadToEnd);
        while (!stop.IsCompleted)
        {
            var pairs = Enumerable.Range(0, PairedEntity.Pairs).Where(_ => random.Next(3) == 0).ToArray();
            int[] members = [.. pairs.SelectMany(pair => new[] { 2 * pair, (2 * pair) + 1 })];
            var results = await store.WriteAsync([.. members.Select(member => PairedEntity.Write(member, versions[member], epochs))], default);
            if (results.Any(result => result.Status != WriteStatus.Written))
                return 1;
            foreach (var member in members)
                versions[member]++;
            Say(string.Join(' ', members.Select(member => $"{member}={versions[member]}")));
        }

        return 0;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
