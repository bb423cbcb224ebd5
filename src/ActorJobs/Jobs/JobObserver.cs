using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Cluster;
using ActorJobs.Limits;
using ActorJobs.Limits.Breakers;
using ActorJobs.Queues;
using ActorJobs.Telemetry;

namespace ActorJobs.Jobs;

/// <summary>Passes a shard's durable job changes on to whoever lives by them: the fetcher, the pools, the board, the counters, the watchers.</summary>
internal sealed class JobObserver(int shard, JobObserverContext host) : IEntityObserver<JobState>
{
    private readonly BreakerReports breakers = new(host.Board.Breakers);
    private List<Availability> changes = [];
    private Dictionary<string, List<long>>? ended; // permits of attempts that have ended, by queue

    public void Changed(EntityKey key, JobState before, JobState after)
    {
        NoteAvailability(key, before, after);
        Count(before, after);
        host.Meter.Changed(before, after);
        host.Log.Changed(key.Id, before, after);
        if (after.CancelReason is not null && before.CancelReason is null && after.Running is { } running)
            host.Cancel(running.Node, new CancelledAttempt(running.Pool, key.Id, running.Number));
        if (host.Watchers.Any && new JobId(key.Id) is var id && host.Watchers.IsWatched(id))
            host.Watchers.Publish(JobViews.Of(id, after));
    }

    public void TurnEnded()
    {
        SettleLimits();
        if (changes.Count == 0)
            return;
        host.Fetcher.Tell(new FetcherMessage.Changed(shard, changes));
        changes = [];
    }

    private void NoteAvailability(EntityKey key, JobState before, JobState after)
    {
        var wasAvailable = before is { Spec: not null, Running: null, Status: JobStatus.Available };
        var isAvailable = after is { Running: null, Status: JobStatus.Available };
        if (wasAvailable && after.Running is null && (!isAvailable || LevelOf(before) != LevelOf(after)))
            changes.Add(AvailabilityOf(key, before, isAvailable: false));
        if (isAvailable)
            changes.Add(AvailabilityOf(key, after, isAvailable: true));
    }

    private void NoteEnded(string queue, long permit)
    {
        ended ??= new(StringComparer.Ordinal);
        if (!ended.TryGetValue(queue, out var permits))
            ended[queue] = permits = [];
        permits.Add(permit);
    }

    private void SettleLimits()
    {
        if (ended is not null)
        {
            foreach (var (queue, permits) in ended)
                host.Returns.Tell(new PermitReturn.Back(queue, [], permits));
            ended = null;
        }

        if (breakers.Take() is { Count: > 0 } reports)
            host.Send(reports);
    }

    private static (string, int) LevelOf(JobState state) => (state.Spec!.Queue, state.Spec.Priority);

    private static Availability AvailabilityOf(EntityKey key, JobState state, bool isAvailable)
    {
        var spec = state.Spec!;
        return new(spec.Queue, spec.Priority, key, JobIndex.SortOf(state), JobIndex.ValueOf(state, spec), isAvailable);
    }

    private void Count(JobState before, JobState after)
    {
        var queue = host.Board.Of(after.Spec!.Queue);
        CountWaiting(before, after, queue);
        if (before.Spec is null)
            host.Counters.Submitted.Add(1);
        if (before.Running is null && after.Running is not null)
            host.Counters.Started.Add(1);
        if (before.Running is null || after.Running is not null)
            return;
        queue.CountFinished();
        if (before.Running.Permit != 0)
            NoteEnded(before.Spec!.Queue, before.Running.Permit);
        if (after.Spec.Dependency is { } dependency)
            breakers.Note(dependency, after);
        switch (after.Status)
        {
            case JobStatus.Completed:
                host.Counters.Completed.Add(1);
                break;
            case JobStatus.Discarded:
                host.Counters.Discarded.Add(1);
                break;
            case JobStatus.Retryable or JobStatus.Available when after.Attempts is [.., { Error: not null }]:
                host.Counters.Failed.Add(1);
                break;
        }
    }

    private void CountWaiting(JobState before, JobState after, QueueEntry queue)
    {
        if (before.Spec is { } earlier && earlier.Queue != after.Spec!.Queue)
        {
            host.Board.Of(earlier.Queue).AddWaiting(-Waits(before));
            queue.AddWaiting(Waits(after));
        }
        else if (Waits(after) - Waits(before) is not 0 and var change)
        {
            queue.AddWaiting(change);
        }
    }

    private static int Waits(JobState state) => state.Spec is null || state.Running is not null || state.Status.IsTerminal() ? 0 : 1;
}

/// <summary>Who is told of job changes.</summary>
internal sealed record JobObserverContext(QueueBoard Board, JobCounters Counters, JobWatchers Watchers, JobMeter Meter, JobEventLog Log)
{
    /// <summary>Set before the shards start.</summary>
    public ActorRef<FetcherMessage> Fetcher { get; set; } = null!;

    /// <summary>Takes permits back. Set before the shards start.</summary>
    public ActorRef<PermitReturn> Returns { get; set; } = null!;

    /// <summary>Sends commands to other entities. Set before the shards start.</summary>
    public Action<IReadOnlyList<EntityCommand>> Send { get; set; } = _ => { };

    /// <summary>Tells the node that runs an attempt to stop it. Set before the shards start.</summary>
    public Action<string, CancelledAttempt> Cancel { get; set; } = (_, _) => { };
}
