using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>A job as its shell and a store would keep it: everything that is kept goes through JSON.</summary>
internal sealed class StoredJob
{
    private readonly List<(string Type, ReadOnlyMemory<byte> Data)> history = [];
    private ReadOnlyMemory<byte> stored = JobEntity.Codec.EncodeState(JobState.None);
    private (string Type, ReadOnlyMemory<byte> Data)? lease;

    /// <summary>The state in memory.</summary>
    public JobState State { get; private set; } = JobState.None;

    public Intents Intents => JobSamples.Decider.Intents(State);

    public Decision<JobEvent> Send(JobCommand command, DateTimeOffset now, ulong seed = 0)
    {
        var decision = JobSamples.Decider.Decide(State, command, JobSamples.Context with { Now = now, Seed = seed });
        foreach (var happened in decision.Events)
        {
            State = JobSamples.Decider.Evolve(State, happened);
            history.Add(Encode(happened));
            (stored, lease) = (JobEntity.Codec.EncodeState(State), null);
        }

        if (decision.Lease is { } held)
        {
            State = JobSamples.Decider.Evolve(State, held);
            lease = Encode(held);
        }

        return decision;
    }

    /// <summary>The state as another process would read it: beside the history, with the lease.</summary>
    public JobState Reloaded() => WithLease(JobEntity.Codec.DecodeState(stored));

    /// <summary>The state as the history tells it, with the lease.</summary>
    public JobState Folded() => WithLease(history.Aggregate(JobState.None, (state, item) => JobSamples.Decider.Evolve(state, Decode(item))));

    private JobState WithLease(JobState state) => lease is { } held ? JobSamples.Decider.Evolve(state, Decode(held)) : state;

    private static (string, ReadOnlyMemory<byte>) Encode(JobEvent happened) => (JobEntity.Codec.TypeOf(happened), JobEntity.Codec.EncodeEvent(happened));

    private static JobEvent Decode((string Type, ReadOnlyMemory<byte> Data) item) => JobEntity.Codec.DecodeEvent(item.Type, item.Data);
}
