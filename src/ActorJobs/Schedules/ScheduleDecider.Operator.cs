using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>What people do to schedules. Each may be repeated: the second time finds it done.</summary>
internal sealed partial class ScheduleDecider
{
    private static readonly ScheduleCommandResult.Refused IsConfigured = new(
        "configured", "This schedule stands in the configuration of the nodes: change or remove it there. It can be paused, resumed and triggered here.");

    private static Decision<ScheduleEvent> Put(ScheduleState state, PutSchedule put, DecisionContext context)
    {
        if (state is { Exists: true, Source: ScheduleSource.Configuration } && put.Source == ScheduleSource.Api)
            return Decision.Reply<ScheduleEvent>(IsConfigured);
        var isSame = state.Exists && state.Source == put.Source && state.Definition!.IsSameAs(put.Definition);

        // what an operator has paused stays so when nodes start anew with their configuration
        var paused = state.Exists && put.Source == ScheduleSource.Configuration ? null : put.Paused;
        var isPausing = paused is { } wish && wish != (state.Exists && state.PausedAt is not null);
        if (isSame && !isPausing)
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Done());

        var draft = new FiringDraft(state, context.Now);
        if (state is { Exists: true, PausedAt: null })
            draft.FireDue(); // under what it was until now
        if (!isSame)
            draft.Define(new ScheduleDefined(context.Key.Id, put.Definition, put.Source, context.Now));
        if (isPausing && paused == true)
            draft.Pause(null);
        else if (isPausing)
            draft.Resume();
        return draft.Decide(new ScheduleCommandResult.Done { IsNew = !state.Exists });
    }

    private static Decision<ScheduleEvent> Delete(ScheduleState state, DeleteSchedule delete, DecisionContext context)
    {
        if (state.Source == ScheduleSource.Configuration && delete.Source == ScheduleSource.Api)
            return Decision.Reply<ScheduleEvent>(IsConfigured);
        if (state.Source == ScheduleSource.Api && delete.Source == ScheduleSource.Configuration)
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Done()); // somebody else's by now
        var draft = new FiringDraft(state, context.Now);
        draft.Delete();
        return draft.Decide(new ScheduleCommandResult.Done());
    }

    private static Decision<ScheduleEvent> Trigger(ScheduleState state, TriggerSchedule trigger, DecisionContext context)
    {
        var job = ScheduleIds.JobOf(state.Id, trigger.Key);
        if (state.Progress.Buffered?.Key == trigger.Key)
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Done { Job = job, IsBuffered = true });
        if (state.Progress.Live.Any(firing => firing.Key == trigger.Key) || state.Progress.Recent.Any(past => past.Key == trigger.Key))
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Done { Job = job });
        var draft = new FiringDraft(state, context.Now);
        return draft.TryFire(new Firing(trigger.Key, context.Now, FiringOrigin.Trigger, context.Now)) is { } reason
            ? Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Refused("overlap", reason))
            : draft.Decide(new ScheduleCommandResult.Done { Job = job, IsBuffered = draft.IsBuffered(trigger.Key) });
    }

    private static Decision<ScheduleEvent> Pause(ScheduleState state, PauseSchedule pause, DecisionContext context)
    {
        if (state.PausedAt is not null)
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Done());
        var draft = new FiringDraft(state, context.Now);
        draft.FireDue(); // what was due before it was paused
        draft.Pause(pause.Reason);
        return draft.Decide(new ScheduleCommandResult.Done());
    }

    private static Decision<ScheduleEvent> Resume(ScheduleState state, DecisionContext context)
    {
        if (state.PausedAt is null)
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Done());
        var draft = new FiringDraft(state, context.Now);
        draft.Resume();
        return draft.Decide(new ScheduleCommandResult.Done());
    }

    private static Decision<ScheduleEvent> Backfill(ScheduleState state, BackfillSchedule backfill, DecisionContext context)
    {
        if (state.Progress.Backfill is { } running)
        {
            return Decision.Reply<ScheduleEvent>(running.From == backfill.From && running.To == backfill.To
                ? new ScheduleCommandResult.Done { Firings = running.Remaining }
                : new ScheduleCommandResult.Refused("backfill-running", $"A backfill with {running.Remaining} firings to come is under way; wait for its end or cancel it."));
        }

        if (backfill.To > context.Now)
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Invalid(new("invalid-field", "'to' is not valid; allowed: an instant that has passed.", "to")));
        var before = backfill.From.AddTicks(-1);
        var count = state.Definition!.Timetable.Between(before, backfill.To, BackfillLimits.MaxFirings + 1).Count();
        if (count > BackfillLimits.MaxFirings)
        {
            return Decision.Reply<ScheduleEvent>(new ScheduleCommandResult.Invalid(
                new("too-many-firings", $"More than {BackfillLimits.MaxFirings} times lie between 'from' and 'to'; at most {BackfillLimits.MaxFirings} are fired by one backfill.", "to")));
        }

        var draft = new FiringDraft(state, context.Now);
        if (count > 0)
            draft.Begin(new BackfillRun(backfill.From, backfill.To, before, count, backfill.PerMinute, context.Now));
        return draft.Decide(new ScheduleCommandResult.Done { Firings = count });
    }

    private static Decision<ScheduleEvent> EndBackfill(ScheduleState state, DecisionContext context)
    {
        var draft = new FiringDraft(state, context.Now);
        draft.Begin(null);
        return draft.Decide(new ScheduleCommandResult.Done { Firings = state.Progress.Backfill?.Remaining ?? 0 });
    }
}
