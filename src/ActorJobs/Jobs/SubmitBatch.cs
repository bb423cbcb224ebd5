using System.Diagnostics;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Queues;

namespace ActorJobs.Jobs;

/// <summary>
/// Submits under way together: one reply sink for all of them. Slots are settled once each, by the caller's thread (refusals) or by shards'
/// turns (replies), and the last one completes the batch.
/// </summary>
internal sealed class SubmitBatch(int count, string durability) : IReplySink
{
    private readonly SubmitResult?[] results = new SubmitResult?[count];
    private readonly (JobId Id, JobSpec Spec, QueueEntry Queue)[] submits = new (JobId, JobSpec, QueueEntry)[count];
    private readonly Dictionary<int, List<EntityCommand>> byShard = [];
    private readonly TaskCompletionSource<IReadOnlyList<SubmitResult>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open = count;

    public Task<IReadOnlyList<SubmitResult>> Results => completion.Task;

    /// <summary>The results there are, with <paramref name="missing"/> for the others.</summary>
    public IReadOnlyList<SubmitResult> ResultsSoFar(SubmitResult missing) => [.. results.Select(result => result ?? missing)];

    public void Add(int index, JobId id, JobSpec spec, QueueEntry queue, bool isNew, int shard)
    {
        submits[index] = (id, spec, queue);
        if (!byShard.TryGetValue(shard, out var commands))
            byShard[shard] = commands = [];
        commands.Add(new EntityCommand(JobEntity.Key(id), new SubmitJob(spec), this, index) { IsNew = isNew });
    }

    public void Send(EntityHost entities)
    {
        if (results.Length == 0)
            completion.TrySetResult([]);
        foreach (var (shard, commands) in byShard)
            entities.SendTo(shard, commands);
    }

    public void Settle(int index, SubmitResult result)
    {
        Volatile.Write(ref results[index], result);
        if (Interlocked.Decrement(ref open) == 0)
            completion.TrySetResult(results!);
    }

    public void Reply(int slot, object? reply)
    {
        var (id, spec, queue) = submits[slot];
        queue.GiveBack();
        Settle(slot, reply switch
        {
            SubmitReply submitted => new SubmitResult.Accepted(id, submitted.Status, durability, submitted.IsNew),
            EntityFailure { Reason: EntityFailureReason.KeyHeld } held when spec.Unique!.OnConflict == UniqueConflict.Existing =>
                new SubmitResult.Accepted(new JobId(held.Detail), JobStatus.Available, durability, false),
            EntityFailure { Reason: EntityFailureReason.KeyHeld } held => new SubmitResult.Conflict(new JobId(held.Detail), spec.Unique!.Key),
            EntityFailure { Reason: EntityFailureReason.TooLarge } large => new SubmitResult.Invalid(new JobProblem("too-large", large.Detail, "args")),
            EntityFailure failure => new SubmitResult.Unavailable(failure.Detail, TimeSpan.FromSeconds(2)),
            _ => throw new UnreachableException($"A submit is not answered with {reply}."),
        });
    }
}
