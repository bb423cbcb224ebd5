using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Schedules;

namespace ActorJobs.Tests.Schedules;

/// <summary>A schedule as its shell and a store would keep it: the state and, beside it, the progress as a lease. What is kept goes through JSON.</summary>
internal sealed class StoredSchedule
{
    public const string Id = "s";

    private static readonly ScheduleDecider Decider = new();

    private ReadOnlyMemory<byte>? stored;
    private (string Type, ReadOnlyMemory<byte> Data)? lease;

    public ScheduleState State { get; private set; } = ScheduleState.None;

    public ScheduleProgress Progress => State.Progress;

    public Intents Intents => Decider.Intents(State);

    /// <summary>How many events the history has.</summary>
    public int Events { get; private set; }

    public IEnumerable<string> Live => Progress.Live.Select(firing => firing.Key);

    public object? Send(ScheduleCommand command, DateTimeOffset now)
    {
        var decision = Decider.Decide(State, command, new DecisionContext(ScheduleIds.Entity(Id), now, 0));
        foreach (var happened in decision.Events)
        {
            State = Decider.Evolve(State, Through(happened));
            (Events, lease) = (Events + 1, null);
        }

        if (decision.Events.Count > 0)
            stored = ScheduleEntity.Codec.EncodeState(State);
        if (decision.Lease is { } next)
        {
            Assert.NotNull(stored); // an entity to which nothing has happened cannot hold a lease
            lease = (ScheduleEntity.Codec.TypeOf(next), ScheduleEntity.Codec.EncodeEvent(next));
            State = Decider.Evolve(State, next);
        }

        return decision.Reply;
    }

    /// <summary>Wakes it as its shell would, until it has nothing more to do at this instant.</summary>
    public void WakeAt(DateTimeOffset now)
    {
        for (var turn = 0; Intents.WakeAt <= now; turn++)
        {
            Assert.True(turn < 1000, "wakes and wakes");
            Send(WakeSchedule.Instance, now);
        }
    }

    /// <summary>Every job is made at once.</summary>
    public void Submit(DateTimeOffset now)
    {
        if (Intents.Outbox.Where(message => message.Id[0] == ScheduleIntents.Submit).ToArray() is { Length: > 0 } messages)
            Send(new TakeFiringAnswers([.. messages.Select(message => new OutboxAnswer(message.Id, new SubmitReply(JobStatus.Available, true)))]), now);
    }

    public void Finish(string key, DateTimeOffset now, JobStatus status = JobStatus.Completed) => Send(new ReportFiring(key, status, 1), now);

    /// <summary>Forgets what is in memory and reads what was stored.</summary>
    public void Reload()
    {
        State = stored is { } data ? ScheduleEntity.Codec.DecodeState(data) : ScheduleState.None;
        if (lease is var (type, bytes))
            State = Decider.Evolve(State, ScheduleEntity.Codec.DecodeEvent(type, bytes));
    }

    public static StoredSchedule Of(ScheduleRequest request, DateTimeOffset now)
    {
        var schedule = new StoredSchedule();
        Assert.IsType<ScheduleCommandResult.Done>(schedule.Send(new PutSchedule(ScheduleSamples.Define(request), ScheduleSource.Api, null), now));
        return schedule;
    }

    private static ScheduleEvent Through(ScheduleEvent happened) =>
        ScheduleEntity.Codec.DecodeEvent(ScheduleEntity.Codec.TypeOf(happened), ScheduleEntity.Codec.EncodeEvent(happened));
}
