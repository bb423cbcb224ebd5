using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using Xunit;

namespace ActorJobs.TestKit.Audits;

/// <summary>
/// Reads a store whole and checks that what it holds of jobs fits together: states and histories, lists and counters, due times, leases, unique keys.
/// Holds at every instant, for each write is whole.
/// </summary>
internal sealed class JobAudit(IEntityStore store, int shards, string run)
{
    private const int Limit = 100_000;
    private static readonly JobDecider Decider = new();

    /// <summary>All jobs there are.</summary>
    public async Task<IReadOnlyDictionary<JobId, JobState>> CheckAsync()
    {
        var listed = await ListedAsync();
        var leased = await LeasedAsync();
        var jobs = new Dictionary<JobId, JobState>();
        foreach (var key in listed.Select(place => place.Key).Concat(leased).Where(key => key.Kind == JobEntity.Kind).Distinct())
            jobs[new JobId(key.Id)] = await StateAsync(key);

        Same("lists", jobs.SelectMany(job => PlacesOf(job.Key, job.Value)), listed.Where(place => place.Key.Kind == JobEntity.Kind));
        Same("leases", jobs.Where(job => job.Value.Running is not null).Select(job => JobEntity.Key(job.Key)), leased.Where(key => key.Kind == JobEntity.Kind));
        var keys = jobs.Values.Select(JobIntents.KeyOf).OfType<string>().ToArray();
        Assert.True(keys.Length == keys.Distinct().Count(), $"a unique key is held twice; {run}");
        return jobs;
    }

    private async Task<List<Place>> ListedAsync()
    {
        var listed = new List<Place>();
        foreach (var (index, count) in await store.CountAsync("", CancellationToken.None))
        {
            var before = listed.Count;
            for (var shard = 0; shard < shards; shard++)
            {
                var page = await store.ReadIndexAsync(new IndexQuery(shard, index, Limit), CancellationToken.None);
                listed.AddRange(page.Select(entry => new Place(index, entry.Key, index == "due" ? 0 : entry.Sort)));
            }

            Assert.True(count == listed.Count - before, $"{index} is counted as {count} and holds {listed.Count - before}; {run}");
        }

        return listed;
    }

    private async Task<IReadOnlyList<EntityKey>> LeasedAsync()
    {
        var leased = new List<EntityKey>();
        for (var shard = 0; shard < shards; shard++)
            leased.AddRange(await store.ReadLeasedAsync(shard, CancellationToken.None));
        return leased;
    }

    private async Task<JobState> StateAsync(EntityKey key)
    {
        var stored = (await store.ReadAsync([key], CancellationToken.None))[0];
        Assert.True(stored is not null, $"{key} is listed and not there; {run}");
        var history = await store.ReadHistoryAsync(key, 0, Limit, CancellationToken.None);
        var folded = history.Aggregate(
            JobState.None, (state, item) => Decider.Evolve(state, JobEntity.Codec.DecodeEvent(item.Event.Type, item.Event.Data)));
        var (wanted, got) = (Text(folded), Text(JobEntity.Codec.DecodeState(stored.State.Data)));
        Assert.True(wanted == got, $"{key}: the history tells {wanted}, stored is {got}; {run}");
        return JobReading.StateOf(stored);
    }

    private static IEnumerable<Place> PlacesOf(JobId id, JobState state)
    {
        var intents = JobIntents.Of(state);
        var places = intents.Entries.Select(entry => new Place(entry.Index, JobEntity.Key(id), entry.Sort));
        if (intents.WakeAt is not null || intents.DeleteAt is not null)
            places = places.Append(new Place("due", JobEntity.Key(id), 0));
        return intents.Outbox.Count == 0 ? places : places.Append(new Place("outbox", JobEntity.Key(id), 0));
    }

    private static string Text(JobState state) => System.Text.Encoding.UTF8.GetString(JobEntity.Codec.EncodeState(state).Span);

    private void Same<T>(string what, IEnumerable<T> wanted, IEnumerable<T> got)
    {
        var (missing, surplus) = (wanted.Except(got).ToArray(), got.Except(wanted).ToArray());
        Assert.True(missing.Length + surplus.Length == 0, $"{what}: missing [{string.Join(", ", missing)}], surplus [{string.Join(", ", surplus)}]; {run}");
    }

    private sealed record Place(string Index, EntityKey Key, long Sort);
}
