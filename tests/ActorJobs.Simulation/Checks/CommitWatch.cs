using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Simulation.World;

namespace ActorJobs.Simulation.Checks;

/// <summary>
/// Watches every write that passes the store, as its node meant it and as the store answered, against what must never happen: a history with a gap
/// or a fork, a write under a stale epoch, a unique key held twice, and whatever <see cref="JobRules"/> says of jobs.
/// </summary>
internal sealed class CommitWatch(Scene scene)
{
    private readonly Dictionary<EntityKey, EntityRecord> records = [];
    private readonly Dictionary<(int Shard, string Key), EntityKey> holders = [];
    private readonly Dictionary<int, long> epochs = [];
    private readonly JobRules jobs = new(scene);

    /// <summary>What is known of each entity.</summary>
    public IReadOnlyDictionary<EntityKey, EntityRecord> Records => records;

    /// <summary>How many writes were written.</summary>
    public int Written { get; private set; }

    /// <summary>A node has become the owner of a shard.</summary>
    public void Acquired(string node, int shard, long epoch)
    {
        scene.Trace.Note(node, "acquired", $"shard {shard} epoch", epoch);
        if (epoch <= epochs.GetValueOrDefault(shard))
            scene.Report("an epoch does not grow", $"shard {shard} got {epoch} after {epochs[shard]}");
        epochs[shard] = epoch;
    }

    /// <summary>A node has raised the epoch of its shard, or is told once more that it has.</summary>
    public void Fenced(string node, int shard, long epoch)
    {
        if (epoch != epochs.GetValueOrDefault(shard))
            Acquired(node, shard, epoch);
    }

    /// <summary>A group was written, or refused.</summary>
    public void Wrote(string node, IReadOnlyList<EntityWrite> group, IReadOnlyList<WriteResult> results)
    {
        for (var i = 0; i < group.Count; i++)
        {
            var (write, status) = (group[i], results[i].Status);
            scene.Trace.Note(node, StatusText(status), write.Key.Id, write.ExpectedVersion);
            foreach (var happened in write.Events)
                scene.Trace.Note(node, "event", happened.Type);
            if (status == WriteStatus.Written)
                Check(node, write);
        }
    }

    /// <summary>A handler's code begins.</summary>
    public void Began(string node, JobId job, int attempt)
    {
        scene.Trace.Note(node, "begins", job.Value, attempt);
        if (!records.TryGetValue(JobEntity.Key(job), out var record) || !record.Claims.TryGetValue(attempt, out var claimedFor) || claimedFor != node)
            scene.Report("an attempt runs without its claim", $"{node} runs attempt {attempt} of {job}");
        else if (!record.Begun.Add(attempt))
            scene.Report("an attempt number is used twice", $"attempt {attempt} of {job} begins again, on {node}");
    }

    private void Check(string node, EntityWrite write)
    {
        Written++;
        var epoch = epochs.GetValueOrDefault(write.Shard);
        if (write.Epoch != epoch)
            scene.Report("a write under a stale epoch", $"{node} wrote {write.Key} under {write.Epoch} of shard {write.Shard}, which is at {epoch}");
        if (!records.TryGetValue(write.Key, out var record))
            records[write.Key] = record = new EntityRecord();
        if (write.ExpectedVersion != record.Version)
            scene.Report("a history with a gap or a fork", $"{node} wrote {write.Key} at {write.ExpectedVersion}, which is at {record.Version}");

        MoveKey(write, record);
        if (write.Key.Kind == JobEntity.Kind)
            jobs.Check(write, record);
        record.Version = write.Delete ? 0 : record.Version + write.Events.Count;
        record.IsLeased = !write.Delete && write.Lease != LeaseChange.Clear && (write.Lease == LeaseChange.Set || record.IsLeased);
    }

    private void MoveKey(EntityWrite write, EntityRecord record)
    {
        if (write.ReleasedKey is { } released && holders.GetValueOrDefault((write.Shard, released)) == write.Key)
            holders.Remove((write.Shard, released));
        if (write.ClaimedKey is { } claimed)
        {
            if (holders.TryGetValue((write.Shard, claimed), out var holder) && holder != write.Key)
                scene.Report("a unique key is held twice", $"{claimed} by {holder} and {write.Key}");
            holders[(write.Shard, claimed)] = write.Key;
        }

        record.Key = write.ClaimedKey ?? (write.ReleasedKey is null ? record.Key : null);
    }

    private static string StatusText(WriteStatus status) => status switch
    {
        WriteStatus.Written => "wrote",
        WriteStatus.VersionConflict => "conflict",
        WriteStatus.StaleEpoch => "stale",
        _ => "key held",
    };
}
