using ActorJobs.Actors.Stores;

namespace ActorJobs.Jobs;

/// <summary>Job states straight from the store: what is there is what was answered for, with the running attempt from its lease.</summary>
internal static class JobReading
{
    private static readonly JobDecider Decider = new();

    public static JobState StateOf(StoredEntity entity)
    {
        var state = JobEntity.Codec.DecodeState(entity.State.Data);
        return entity.Lease is { } lease ? Decider.Evolve(state, JobEntity.Codec.DecodeEvent(lease.Type, lease.Data)) : state;
    }
}
