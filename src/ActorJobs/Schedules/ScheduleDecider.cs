using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>
/// The life of a schedule. What fires is decided once, in the write that moves <see cref="ScheduleProgress.Handled"/> past its nominal time; the job
/// then follows by the outbox, however often this is interrupted.
/// </summary>
internal sealed partial class ScheduleDecider : IDecider<ScheduleState, ScheduleCommand, ScheduleEvent>
{
    public ScheduleState Initial => ScheduleState.None;

    public ScheduleCommand? Wake => WakeSchedule.Instance;

    public ScheduleCommand Answered(IReadOnlyList<OutboxAnswer> answers) => new TakeFiringAnswers(answers);

    public Decision<ScheduleEvent> Decide(ScheduleState state, ScheduleCommand command, DecisionContext context) => command switch
    {
        PutSchedule put => Put(state, put, context),
        TakeFiringAnswers answers => Answers(state, answers, context),
        _ when !state.Exists => Decision.Reply<ScheduleEvent>(NoSuchSchedule(command)),
        DeleteSchedule delete => Delete(state, delete, context),
        TriggerSchedule trigger => Trigger(state, trigger, context),
        PauseSchedule pause => Pause(state, pause, context),
        ResumeSchedule => Resume(state, context),
        BackfillSchedule backfill => Backfill(state, backfill, context),
        CancelBackfill => EndBackfill(state, context),
        ReportFiring report => Report(state, report, context),
        WakeSchedule => SeeWhatIsDue(state, context),
        _ => throw new UnreachableException($"{command.GetType().Name} is not decided"),
    };

    public ScheduleState Evolve(ScheduleState state, ScheduleEvent happened) => happened switch
    {
        ScheduleDefined defined => state with
        {
            Id = defined.Id,
            Definition = defined.Definition,
            Source = defined.Source,
            CreatedAt = state.Exists ? state.CreatedAt : defined.At,
            ChangedAt = defined.At,
            PausedAt = state.Exists ? state.PausedAt : null,
            PauseReason = state.Exists ? state.PauseReason : null,
            DeletedAt = null,
        },
        SchedulePaused paused => state with { PausedAt = paused.At, PauseReason = paused.Reason },
        ScheduleResumed => state with { PausedAt = null, PauseReason = null },
        ScheduleDeleted deleted => state with { DeletedAt = deleted.At },
        ScheduleProgressed progressed => state with { Progress = progressed.Progress },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not evolved"),
    };

    public Intents Intents(ScheduleState state) => ScheduleIntents.Of(state);

    private static object? NoSuchSchedule(ScheduleCommand command) => command switch
    {
        ReportFiring => FiringReportReply.NoSuchSchedule,
        WakeSchedule => null,
        _ => new ScheduleCommandResult.NotFound(),
    };

    private static Decision<ScheduleEvent> SeeWhatIsDue(ScheduleState state, DecisionContext context)
    {
        if (state.PausedAt is not null)
            return Decision.Reply<ScheduleEvent>(null);
        var draft = new FiringDraft(state, context.Now);
        draft.FireDue();
        draft.FireBackfill();
        return draft.Decide(null);
    }
}
