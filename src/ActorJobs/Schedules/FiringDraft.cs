using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>A decision in the making: the progress as it would be, and what people would find in the history.</summary>
internal sealed partial class FiringDraft(ScheduleState state, DateTimeOffset now)
{
    private readonly List<ScheduleEvent> events = [];
    private ScheduleDefinition? definition = state.Definition;
    private ScheduleProgress progress = state.Exists
        ? state.Progress
        : new ScheduleProgress { Handled = state.Progress.Handled, Live = state.Progress.Live }; // of a deleted one, what is still to be seen through

    /// <summary>The decision. Progress goes along with every event, for an event ends what was kept beside the history.</summary>
    public Decision<ScheduleEvent> Decide(object? reply) =>
        events.Count == 0 && progress == state.Progress
            ? Decision.Reply<ScheduleEvent>(reply)
            : new Decision<ScheduleEvent>(events, reply) { Lease = new ScheduleProgressed(progress) };

    /// <summary>Becomes another one. Times it has in common with what it was are not fired anew; others only from now on.</summary>
    public void Define(ScheduleDefined defined)
    {
        var goesOn = state.Exists && definition!.HasTimesOf(defined.Definition);
        events.Add(defined);
        definition = defined.Definition;
        if (!goesOn)
            ForgetTimeUntilNow();
    }

    /// <summary>Fires no more by itself. What waits because its time had come does not fire either; what somebody asked for does.</summary>
    public void Pause(string? reason)
    {
        events.Add(new SchedulePaused(reason, now));
        if (progress.Buffered is not { Origin: FiringOrigin.Schedule } waiting)
            return;
        progress = progress with { Buffered = null };
        NoteNone(waiting, FiringOutcome.Skipped, "The schedule was paused.");
    }

    /// <summary>Fires again, from now on.</summary>
    public void Resume()
    {
        events.Add(new ScheduleResumed(now));
        ForgetTimeUntilNow();
    }

    /// <summary>Ends. Firings whose jobs may not be there yet were decided, and are seen through.</summary>
    public void Delete()
    {
        events.Add(new ScheduleDeleted(now));
        progress = progress with
        {
            Live = [.. progress.Live.Where(firing => !firing.Submitted)],
            Buffered = null,
            Backfill = null,
            Next = null,
        };
    }

    public void Begin(BackfillRun? backfill) => progress = progress with { Backfill = backfill };

    public bool IsBuffered(string key) => progress.Buffered?.Key == key;

    /// <summary>Fires, or lets it wait, as the overlap policy says. Why not, or null.</summary>
    public string? TryFire(Firing firing)
    {
        if (definition!.Overlap == OverlapPolicy.Allow ? Room > 0 : progress.Live.Count == 0)
        {
            Fire(firing);
            return null;
        }

        switch (definition.Overlap)
        {
            case OverlapPolicy.BufferOne when progress.Buffered is null:
                progress = progress with { Buffered = firing };
                return null;
            case OverlapPolicy.CancelOther:
                if (progress.Buffered is { } waited)
                    NoteNone(waited, FiringOutcome.Skipped, "A later one took its place.");
                progress = progress with { Buffered = firing, Live = [.. progress.Live.Select(other => other with { Stopping = true })] };
                return null;
            case OverlapPolicy.Allow:
                return $"{ScheduleProgress.MaxLive} of its jobs have not ended; no more are under way at once.";
            default:
                return $"The job {ScheduleIds.JobOf(state.Id, progress.Live[0].Key)} of an earlier firing has not ended.";
        }
    }

    /// <summary>Lets the firing that waits have its turn when the earlier ones have ended.</summary>
    public void ReleaseBuffered()
    {
        if (progress is not { Buffered: { } waiting, Live.Count: 0 })
            return;
        progress = progress with { Buffered = null };
        Fire(waiting with { At = now });
    }

    /// <summary>A job has ended. One that is reported again after a retry by hand changes its entry.</summary>
    public void End(string key, FiringOutcome outcome, string? detail, int ends)
    {
        if (progress.Live.FirstOrDefault(firing => firing.Key == key) is { } live)
        {
            progress = progress with { Live = [.. progress.Live.Where(firing => firing.Key != key)] };
            Note(new PastFiring(key, live.Nominal, live.Origin, live.At, now, outcome) { Detail = detail, Ends = ends });
        }
        else if (progress.Recent.FirstOrDefault(past => past.Key == key && past.Ends < ends) is { } known)
        {
            var corrected = known with { Outcome = outcome, Detail = detail, EndedAt = now, Ends = ends };
            progress = progress with { Recent = [.. progress.Recent.Select(past => ReferenceEquals(past, known) ? corrected : past)] };
        }
    }

    public void Change(string key, Func<Firing, Firing> change)
    {
        if (progress.Live.Any(firing => firing.Key == key && change(firing) != firing))
            progress = progress with { Live = [.. progress.Live.Select(firing => firing.Key == key ? change(firing) : firing)] };
    }

    // a firing that would be one too many waits for an end rather than being lost; only a trigger is refused
    private int Room => ScheduleIntents.RoomIn(definition!, progress);

    private void ForgetTimeUntilNow() => HandleUpTo(progress.Handled > now ? progress.Handled : now);

    private void Fire(Firing firing) => progress = progress with { Live = [.. progress.Live, firing], Fired = progress.Fired + 1 };

    private void NoteNone(Firing firing, FiringOutcome outcome, string why)
    {
        progress = progress with { Skipped = progress.Skipped + 1 };
        NoteNone(new PastFiring(null, firing.Nominal, firing.Origin, now, now, outcome) { Detail = why });
    }

    // a row of the same is one entry: a job that runs for long must not push everything else out of memory
    private void NoteNone(PastFiring none)
    {
        if (progress.Recent is [.., var last] && last.Key is null && (last.Outcome, last.Detail, last.Origin) == (none.Outcome, none.Detail, none.Origin))
        {
            var longer = last with { Count = last.Count + none.Count, Until = none.Until ?? none.Nominal, EndedAt = now };
            progress = progress with { Recent = [.. progress.Recent.SkipLast(1), longer] };
        }
        else
        {
            Note(none);
        }
    }

    private void Note(PastFiring past) => progress = progress with { Recent = [.. progress.Recent.TakeLast(ScheduleProgress.MaxRecent - 1), past] };

    private void HandleUpTo(DateTimeOffset handled) => progress = progress with { Handled = handled, Next = definition!.Timetable.Next(handled) };
}
