using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Benchmarks.Jobs;
using ActorJobs.Jobs;

namespace ActorJobs.Benchmarks.Stores;

/// <summary>The four writes of a job's life as a shard makes them: submit, claim, completion, deletion. After them the store is as before.</summary>
internal sealed record JobWrites(EntityWrite Submit, EntityWrite Claim, EntityWrite Complete, EntityWrite Delete)
{
    private static readonly IReadOnlyList<IndexEntry> Queued = EntriesOf(SampleJob.Queued);
    private static readonly IReadOnlyList<IndexEntry> Running = EntriesOf(SampleJob.Running);
    private static readonly IReadOnlyList<IndexEntry> Ended = EntriesOf(SampleJob.Ended);

    public static JobWrites Of(EntityKey key, int shard, long epoch)
    {
        var bare = new EntityWrite { Key = key, Shard = shard, Epoch = epoch, ExpectedVersion = 0 };
        return new(
            bare with { Events = [Event(SampleJob.Submitted)], State = State(SampleJob.Queued), Added = Queued },
            Moved(bare with { ExpectedVersion = 1, Lease = LeaseChange.Set, NewLease = Event(SampleJob.Started) }, Queued, Running),
            Moved(
                bare with { ExpectedVersion = 1, Events = [Event(SampleJob.Completed)], State = State(SampleJob.Ended), Lease = LeaseChange.Clear }, Running, Ended),
            bare with { ExpectedVersion = 2, Delete = true, Removed = Ended });
    }

    private static EntityWrite Moved(EntityWrite write, IReadOnlyList<IndexEntry> from, IReadOnlyList<IndexEntry> to)
    {
        var (removed, added) = IndexChanges.Between(from, to);
        return write with { Removed = removed, Added = added };
    }

    private static IReadOnlyList<IndexEntry> EntriesOf(JobState state) => DueIndex.EntriesOf(JobIntents.Of(state));

    private static EncodedEvent Event(JobEvent happened) => new(JobEntity.Codec.TypeOf(happened), SampleJob.Now, JobEntity.Codec.EncodeEvent(happened));

    private static EncodedState State(JobState state) => new(JobEntity.Codec.Schema, JobEntity.Codec.EncodeState(state));
}
