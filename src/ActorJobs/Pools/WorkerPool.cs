using System.Collections.Concurrent;
using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Queues;

namespace ActorJobs.Pools;

/// <summary>
/// A number of slots. Takes claimed jobs from the fetcher, runs as many as it has slots, hands outcomes to the jobs' shards, and asks for as
/// many more as it has room for. Short jobs are claimed somewhat ahead (see <see cref="ClaimAhead"/>), long ones never.
/// </summary>
internal sealed partial class WorkerPool(string name, IReadOnlyList<string> queues, PoolMemory memory, PoolWork work, PoolContext host) : Actor<PoolMessage>
{
    private const int MaxUnsettled = 4096; // outcomes on their way to the store; beyond it nothing new is started
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<RunningAttempt> ready = new(); // slots take out of it
    private readonly HashSet<RunningAttempt> held = []; // claimed and not ended, begun or not
    private readonly Stack<Slot> idle = new();
    private readonly Dictionary<int, List<EntityCommand>> outcomes = [];
    private readonly ClaimAhead ahead = new();
    private int room; // places promised to the fetcher less jobs got for them: its credit and its claims under way; negative while places are taken back
    private int toldBeyond; // how many of those places are beyond the slots, as the fetcher was told last
    private int introduction;
    private int active; // slots at work
    private bool isTicking;
    private bool retryOutcomes;

    protected override ValueTask StartedAsync(ActorContext<PoolMessage> context)
    {
        PublishView();
        Introduce(context);
        AskForMore(context);
        return default;
    }

    /// <summary>Before a restart or the end: what is not handed back now would be nobody's.</summary>
    protected override ValueTask StoppedAsync(ActorContext<PoolMessage> context)
    {
        InterruptAll();
        retryOutcomes = false;
        SendOutcomes(context);
        Resend(DateTimeOffset.MaxValue, context);
        return default;
    }

    protected override ValueTask ReceiveAsync(PoolMessage message, ActorContext<PoolMessage> context)
    {
        switch (message)
        {
            case PoolMessage.Run(var jobs, var pickedAt, var pickedFor):
                Take(jobs, pickedAt, pickedFor, context);
                break;
            case PoolMessage.Ended(var attempt, var outcome):
                End(attempt, outcome);
                break;
            case PoolMessage.SlotFree(var slot) when slot.Serves(ready):
                active--;
                idle.Push(slot);
                break;
            case PoolMessage.Settled(var count):
                memory.Unsettled -= count;
                break;
            case PoolMessage.Unsettled(var shard, var failed):
                OutcomesOf(shard).AddRange(failed);
                retryOutcomes = true;
                break;
            case PoolMessage.Refused refusal:
                KeepRefused(refusal, context);
                break;
            case PoolMessage.Resend:
                Resend(context.Time.GetUtcNow(), context);
                break;
            case PoolMessage.Cancel(var job, var number):
                Cancel(job, number);
                break;
            case PoolMessage.SaveCheckpoint(var attempt, var saved):
                Report(attempt, attempt.Report, new CheckpointReply(saved));
                break;
            case PoolMessage.Resize(var wanted):
                (memory.Size, memory.Bounds) = (wanted, null);
                break;
            case PoolMessage.Bound(var bounds):
                (memory.Bounds, memory.Size, memory.Scale) = (bounds, bounds.Clamp(memory.Size), default);
                break;
            case PoolMessage.Scale:
                Scale();
                isScaling = false;
                break;
            case PoolMessage.Drain(var done):
                memory.Drained = done;
                GiveBackWaiting();
                break;
            case PoolMessage.Interrupt:
                InterruptAll();
                break;
            case PoolMessage.Introduce:
                Introduce(context);
                break;
            case PoolMessage.Tick:
                isTicking = false;
                LookAtRunning();
                break;
        }

        return default;
    }

    protected override ValueTask TurnEndedAsync(ActorContext<PoolMessage> context)
    {
        StartSlots(context);
        if (!work.ClaimsAhead)
            GiveBackBeyond(memory.Size);
        SendOutcomes(context);
        AskForMore(context);
        if (held.Count > 0 && !isTicking)
        {
            isTicking = true;
            context.Timers.Schedule("tick", TickPeriod, PoolMessage.Tick.Instance);
        }

        ScheduleScaling(context);
        if (memory.Drained is { } drained && held.Count == 0 && memory.Unsettled == 0)
            drained.Set(true);
        PublishView();
        return default;
    }

    private void Introduce(ActorContext<PoolMessage> context)
    {
        (room, toldBeyond) = (0, 0);
        introduction = host.NextIntroduction();
        host.Fetcher.Tell(new FetcherMessage.PoolAdded(context.Self, name, queues, introduction));
    }

    private void Take(IReadOnlyList<ClaimedJob> jobs, long pickedAt, int pickedFor, ActorContext<PoolMessage> context)
    {
        ahead.NoteClaim(host.Time.GetElapsedTime(pickedAt));
        if (pickedFor == introduction)
            room -= jobs.Count; // jobs picked before the fetcher's restart are not part of what it was promised since
        foreach (var job in jobs)
        {
            if (work.KindOf(job.State.Spec!.Kind) is not { } kind)
            {
                Settle(job, UnknownKind(job.State, context));
                continue;
            }

            var attempt = new RunningAttempt(job, kind, context.Self, host);
            held.Add(attempt);
            NoteWait(job.State.Since);
            ready.Enqueue(attempt);
        }

        if (memory.Drained is not null)
            GiveBackWaiting();
    }

    private void StartSlots(ActorContext<PoolMessage> context)
    {
        for (var waiting = Math.Min(ready.Count, memory.Size - active); waiting > 0; waiting--)
        {
            active++;
            host.Handlers.Schedule(idle.TryPop(out var slot) ? slot : new Slot(ready, context.Self));
        }
    }

    private void End(RunningAttempt attempt, JobOutcome outcome)
    {
        held.Remove(attempt);
        ahead.NoteRun(attempt.Duration);
        var how = attempt.Stopping == AttemptOutcome.Interrupted && outcome is JobOutcome.Cancellation ? AttemptOutcome.Interrupted : attempt.How ?? HowOf(outcome);
        Settle(attempt.Job, new EndAttempt(
            attempt.Attempt,
            how,
            how == AttemptOutcome.Interrupted ? null : outcome,
            AttemptErrors.BackoffFor(outcome, attempt.Options),
            attempt.Report));
    }

    private void Settle(ClaimedJob job, EndAttempt end)
    {
        OutcomesOf(job.Shard).Add(new EntityCommand(job.Key, end));
        memory.Unsettled++;
    }

    private List<EntityCommand> OutcomesOf(int shard) =>
        outcomes.TryGetValue(shard, out var list) ? list : outcomes[shard] = [];

    private void SendOutcomes(ActorContext<PoolMessage> context)
    {
        if (outcomes.Count == 0)
            return;
        if (retryOutcomes)
        {
            // the store or a shard is away: a moment's pause, then all together
            retryOutcomes = false;
            context.Timers.Schedule("outcomes", TimeSpan.FromMilliseconds(250), PoolMessage.Tick.Instance);
            return;
        }

        foreach (var (shard, list) in outcomes)
            host.Entities.SendTo(shard, new OutcomeReplies(context.Self, host, shard, list).Attach());
        outcomes.Clear();
    }

    // what the fetcher may send: free slots, and a few places more where claiming takes longer than running
    private void AskForMore(ActorContext<PoolMessage> context)
    {
        var places = memory.Drained is null ? memory.Size + PlacesAhead : 0;
        var more = places - held.Count - room;
        if (memory.Unsettled > MaxUnsettled / 2)
            more = Math.Min(more, 0);
        var beyond = PlacesAhead;
        // told even when no room comes with it: by an old, larger figure a job that waits for a free slot would wait although all are free
        if (more == 0 && beyond == toldBeyond)
            return;
        room += more;
        toldBeyond = beyond;
        host.Fetcher.Tell(new FetcherMessage.Room(context.Self, more, beyond));
    }

    private int PlacesAhead => work.ClaimsAhead ? ahead.Places(memory.Size) : 0;

    private void PublishView() => host.Views[name] = new PoolGauge(memory.Size, Math.Min(active, held.Count), ready.Count) { Bounds = memory.Bounds };

    private static AttemptOutcome HowOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Completion => AttemptOutcome.Completed,
        JobOutcome.Snooze => AttemptOutcome.Snoozed,
        JobOutcome.Cancellation => AttemptOutcome.Cancelled,
        _ => AttemptOutcome.Failed,
    };

    // left for a node that knows the kind, and looked at again after a while; the job is not to blame, so no attempt is used
    private static EndAttempt UnknownKind(JobState state, ActorContext<PoolMessage> context) => new(
        state.Running!.Number,
        AttemptOutcome.Snoozed,
        JobOutcome.Snoozed(TimeSpan.FromSeconds(30)),
        Backoff.Default,
        new AttemptReport(null, [new(context.Time.GetUtcNow(), $"No handler for '{state.Spec!.Kind}' is registered on this node.")], state.Checkpoint));
}
