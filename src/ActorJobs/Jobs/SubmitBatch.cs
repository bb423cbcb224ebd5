using System.Diagnostics;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Queues;
using ActorJobs.Telemetry;

namespace ActorJobs.Jobs;

/// <summary>
/// Submits under way together: one reply sink for all of them. Slots are settled once each, by the caller's thread (refusals) or by shards'
/// turns (replies), and the last one completes the batch. A submit that finds its unique key held goes on to the holder, on the same shard.
/// </summary>
internal sealed class SubmitBatch(int count, IEntityStore store, EntityHost entities, JobMeter meter) : IReplySink
{
    private const int MaxRounds = 5; // how often a unique key may change hands under a submit

    private readonly SubmitResult?[] results = new SubmitResult?[count];
    private readonly Submit[] submits = new Submit[count];
    private readonly Dictionary<int, List<EntityCommand>> byShard = [];
    private readonly Completion<IReadOnlyList<SubmitResult>> completion = new(entities.Dispatcher);
    private int open = count;

    public Task<IReadOnlyList<SubmitResult>> Results => completion.Task;

    /// <summary>The results there are, with <paramref name="missing"/> for the others.</summary>
    public IReadOnlyList<SubmitResult> ResultsSoFar(SubmitResult missing) => [.. results.Select(result => result ?? missing)];

    public void Add(int index, JobId id, JobSpec spec, QueueEntry queue, bool isNew, int shard)
    {
        submits[index] = new Submit(id, spec, queue, shard);
        if (!byShard.TryGetValue(shard, out var commands))
            byShard[shard] = commands = [];
        commands.Add(new EntityCommand(JobEntity.Key(id), new SubmitJob(spec), this, index) { IsNew = isNew });
    }

    public void Send()
    {
        if (results.Length == 0)
            completion.Set([]);
        foreach (var (shard, commands) in byShard)
            entities.SendTo(shard, commands);
    }

    public void Settle(int index, SubmitResult result)
    {
        Volatile.Write(ref results[index], result);
        if (Interlocked.Decrement(ref open) == 0)
            completion.Set(results!);
    }

    public void Reply(int slot, object? reply)
    {
        var submit = submits[slot];
        var spec = submit.Spec;
        switch (reply)
        {
            case EntityFailure { Reason: EntityFailureReason.KeyHeld } held when spec.Unique!.OnConflict != UniqueConflict.Reject && submit.Rounds < MaxRounds:
                submits[slot] = submit with { Holder = new JobId(held.Detail), Rounds = submit.Rounds + 1 };
                entities.SendTo(submit.Shard, [new EntityCommand(JobEntity.Key(new JobId(held.Detail)), new ContendForKey(spec), this, slot)]);
                return;
            case ContendReply.Free:
                submits[slot] = submit with { Holder = null };
                entities.SendTo(submit.Shard, [new EntityCommand(JobEntity.Key(submit.Id), new SubmitJob(spec), this, slot)]);
                return;
        }

        submit.Queue.GiveBack();
        SubmitResult result = reply switch
        {
            SubmitReply submitted => new SubmitResult.Accepted(submit.Holder ?? submit.Id, submitted.Status, store.Durability, submitted.IsNew),
            ContendReply.Held => new SubmitResult.Conflict(submit.Holder!.Value, spec.Unique!.Key),
            EntityFailure { Reason: EntityFailureReason.KeyHeld } held => new SubmitResult.Conflict(new JobId(held.Detail), spec.Unique!.Key),
            EntityFailure { Reason: EntityFailureReason.TooLarge } large => new SubmitResult.Invalid(new JobProblem("too-large", large.Detail, "args")),
            EntityFailure failure => new SubmitResult.Unavailable(failure.Detail, TimeSpan.FromSeconds(2)),
            _ => throw new UnreachableException($"A submit is not answered with {reply}."),
        };
        Measure(result, spec);
        Settle(slot, result);
    }

    // new jobs are counted where they are written
    private void Measure(SubmitResult result, JobSpec spec)
    {
        switch (result)
        {
            case SubmitResult.Accepted { IsNew: false }:
                meter.Suppressed(spec.Queue, spec.Unique is not null);
                break;
            case SubmitResult.Conflict:
                meter.Suppressed(spec.Queue, byKey: true);
                meter.Refused(spec.Queue, "conflict");
                break;
            case SubmitResult.Invalid:
                meter.Refused(spec.Queue, "invalid");
                break;
            case SubmitResult.Unavailable:
                meter.Refused(spec.Queue, "unavailable");
                break;
        }
    }

    /// <summary>One submit of the batch; what changes of it changes in its shard's turns.</summary>
    /// <param name="Id">The id it has, unless a holder of its unique key answers for it.</param>
    /// <param name="Spec">What is submitted.</param>
    /// <param name="Queue">Where its place is reserved.</param>
    /// <param name="Shard">The shard of its id, and of its unique key.</param>
    private readonly record struct Submit(JobId Id, JobSpec Spec, QueueEntry Queue, int Shard)
    {
        public JobId? Holder { get; init; }

        public int Rounds { get; init; }
    }
}
