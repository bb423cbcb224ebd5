namespace ActorJobs.Schedules;

/// <summary>Which nominal times fire now. Bounded per decision: what is left over is due at once, and has its turn in the next.</summary>
internal sealed partial class FiringDraft
{
    private const int MaxAtOnce = 100;
    private const int MaxCatchUp = 1000;
    private const int MaxCounted = 10_000; // missed times are counted up to here, for the record

    /// <summary>Decides about every nominal time that has come.</summary>
    public void FireDue()
    {
        if (Room <= 0)
            return;

        // a nominal time before this instant is late, whatever its jitter
        var late = now - definition!.MisfireAfter - definition.Jitter;
        if (definition.Timetable.Next(progress.Handled) is { } first && first < late && !FireLate(late))
            return;
        var (handled, fired) = (progress.Handled, 0);
        foreach (var nominal in definition.Timetable.Between(handled, now, Math.Min(MaxAtOnce, Room)))
        {
            // in order: one that waits for its jitter has those after it wait too
            if (nominal + ScheduleIds.JitterOf(state.Id, nominal, definition.Jitter) > now)
                break;
            FireOrSkip(nominal);
            (handled, fired) = (nominal, fired + 1);
        }

        if (fired > 0 || definition.Timetable.Next(handled) != progress.Next)
            HandleUpTo(handled);
    }

    /// <summary>Fires the next of a backfill, when it may: not more often than it says, and unless overlap is allowed, one after the other.</summary>
    public void FireBackfill()
    {
        if (progress.Backfill is not { } run || run.NextAt > now || !ScheduleIntents.HasRoomForBackfill(definition!, progress))
            return;
        if (definition!.Timetable.Next(run.Handled) is not { } nominal || nominal > run.To)
        {
            progress = progress with { Backfill = null };
            return;
        }

        var key = ScheduleIds.KeyOf(nominal);
        if (progress.Live.All(firing => firing.Key != key))
            Fire(new Firing(key, nominal, FiringOrigin.Backfill, now));
        progress = progress with
        {
            Backfill = run.Remaining <= 1
                ? null
                : run with { Handled = nominal, Remaining = run.Remaining - 1, NextAt = now + (TimeSpan.FromMinutes(1) / run.PerMinute) },
        };
    }

    /// <summary>Deals with the times before <paramref name="late"/> as the misfire policy says. False when there are more than fit into one decision.</summary>
    private bool FireLate(DateTimeOffset late)
    {
        var last = late.AddTicks(-1);
        switch (definition!.Misfire)
        {
            case MisfirePolicy.All:
                return FireAllLate(last);
            case MisfirePolicy.Once when definition.Timetable.Last(progress.Handled, last) is { } latest && !IsMadeUpFor(last):
                NoteMissed(latest.AddTicks(-1));
                FireOrSkip(latest);
                break;
            default:
                NoteMissed(last);
                break;
        }

        HandleUpTo(last);
        return true;
    }

    private bool FireAllLate(DateTimeOffset last)
    {
        var timetable = definition!.Timetable;
        var window = now - definition.MisfireWindow;
        var start = timetable.StartOfLast(MaxCatchUp, progress.Handled > window ? progress.Handled : window.AddTicks(-1), last);
        NoteMissed(start);
        var handled = start > progress.Handled ? start : progress.Handled;
        var limit = Math.Min(MaxAtOnce, Room);
        DateTimeOffset[] batch = [.. timetable.Between(handled, last, limit)];
        foreach (var nominal in batch)
            FireOrSkip(nominal);
        var isAll = batch.Length < limit;
        HandleUpTo(isAll ? last : batch[^1]);
        return isAll;
    }

    /// <summary>Whether a time that is not late fires now.</summary>
    private bool IsMadeUpFor(DateTimeOffset last) =>
        definition!.Timetable.Next(last) is { } next && next + ScheduleIds.JitterOf(state.Id, next, definition.Jitter) <= now;

    private void FireOrSkip(DateTimeOffset nominal)
    {
        var firing = new Firing(ScheduleIds.KeyOf(nominal), nominal, FiringOrigin.Schedule, now);
        if (progress.Live.Any(other => other.Key == firing.Key))
            return; // a backfill has it under way
        if (TryFire(firing) is { } reason)
            NoteNone(firing, FiringOutcome.Skipped, reason);
    }

    /// <summary>Records the nominal times up to an instant as missed.</summary>
    private void NoteMissed(DateTimeOffset upTo)
    {
        if (definition!.Timetable.Next(progress.Handled) is not { } first || first > upTo)
            return;
        var count = definition.Timetable.Between(progress.Handled, upTo, MaxCounted).Count();
        progress = progress with { Missed = progress.Missed + count };
        NoteNone(new PastFiring(null, first, FiringOrigin.Schedule, now, now, FiringOutcome.Missed)
        {
            Count = count,
            Until = definition.Timetable.Last(progress.Handled, upTo),
            Detail = count == MaxCounted ? $"{MaxCounted} or more." : null,
        });
    }
}
