using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Schedules;

/// <summary>What must be under way for a schedule in a state: its next firing, jobs to be made or cancelled, its place in the list, its deletion.</summary>
internal static class ScheduleIntents
{
    public const char Submit = 's';
    public const char Stop = 'c';

    /// <summary>The list of all schedules.</summary>
    public const string Index = "schedule";

    /// <summary>Marks an entry of that list whose schedule stands in the configuration of nodes.</summary>
    public const string Configured = "c";

    // a repeated submit that was long on its way must find the job there, not make it once more
    private static readonly TimeSpan LeastRetention = TimeSpan.FromHours(1);

    public static Intents Of(ScheduleState state)
    {
        if (state.Definition is null)
            return Intents.None;
        var messages = Messages(state);
        return state.Exists
            ? new Intents
            {
                Entries = [new IndexEntry(Index, 0, state.Source == ScheduleSource.Configuration ? Configured : null)],
                WakeAt = WakeAt(state),
                Outbox = messages,
            }
            : new Intents { Outbox = messages, DeleteAt = messages.Count == 0 ? state.DeletedAt : null };
    }

    /// <summary>What a message was for, and the key of its firing.</summary>
    public static (char Purpose, string Key)? Parse(string message) => message.Length > 1 ? (message[0], message[1..]) : null;

    /// <summary>Whether a backfill may fire: unless overlap is allowed, one job after the other.</summary>
    public static bool HasRoomForBackfill(ScheduleDefinition definition, ScheduleProgress progress) =>
        definition.Overlap == OverlapPolicy.Allow
            ? progress.Live.Count < ScheduleProgress.MaxLive
            : progress is { Live.Count: 0, Buffered: null };

    /// <summary>How many firings may be added to those under way; beyond that, they wait for an end.</summary>
    public static int RoomIn(ScheduleDefinition definition, ScheduleProgress progress) =>
        definition.Overlap == OverlapPolicy.Allow ? ScheduleProgress.MaxLive - progress.Live.Count : int.MaxValue;

    /// <summary>When the next firing is decided: its nominal time and its jitter.</summary>
    public static DateTimeOffset? FiresAt(ScheduleState state) => state is { PausedAt: null, Exists: true, Progress.Next: { } next }
        ? next + ScheduleIds.JitterOf(state.Id, next, state.Definition!.Jitter)
        : null;

    private static DateTimeOffset? WakeAt(ScheduleState state)
    {
        if (state.PausedAt is not null || RoomIn(state.Definition!, state.Progress) <= 0)
            return null;
        var next = FiresAt(state);
        var backfill = state.Progress.Backfill is { } run && HasRoomForBackfill(state.Definition!, state.Progress) ? run.NextAt : (DateTimeOffset?)null;
        return next is null || backfill < next ? backfill : next;
    }

    private static List<OutboxMessage> Messages(ScheduleState state)
    {
        var messages = new List<OutboxMessage>();
        foreach (var firing in state.Progress.Live)
        {
            var job = ScheduleIds.JobOf(state.Id, firing.Key);
            if (!firing.Submitted)
                messages.Add(new OutboxMessage(Submit + firing.Key, JobEntity.Key(job), new SubmitJob(SpecOf(state, firing))));
            else if (firing is { Stopping: true, StopTold: false })
                messages.Add(new OutboxMessage(Stop + firing.Key, JobEntity.Key(job), new CancelJob($"the next firing of schedule {state.Id} takes its place")));
        }

        return messages;
    }

    private static JobSpec SpecOf(ScheduleState state, Firing firing)
    {
        var spec = state.Definition!.Job;
        return spec with
        {
            Args = state.Definition.Request.Job.Args,
            Retention = spec.Retention < LeastRetention ? LeastRetention : spec.Retention,
            ScheduleId = state.Id,
            FiringKey = firing.Key,
            Meta = new Dictionary<string, string>(spec.Meta ?? JobRequest.EmptyMeta, StringComparer.Ordinal)
            {
                ["schedule"] = state.Id,
                ["nominal"] = firing.Nominal.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
            },
        };
    }
}
