namespace ActorJobs;

/// <summary>What becomes of nominal times that have passed without a firing, because nothing was running or everything was late.</summary>
public enum MisfirePolicy
{
    /// <summary>Nothing; the next one fires.</summary>
    Skip,

    /// <summary>The latest of them fires, unless one that is on time fires at the same moment and makes up for it.</summary>
    Once,

    /// <summary>All within <see cref="ScheduleRequest.MisfireWindow"/> fire, oldest first, the last 1 000 at most.</summary>
    All,
}

/// <summary>What happens when a schedule is to fire while a job of an earlier firing has not ended.</summary>
public enum OverlapPolicy
{
    /// <summary>It fires; at most 256 of its jobs are under way at once.</summary>
    Allow,

    /// <summary>It does not fire.</summary>
    Skip,

    /// <summary>It fires when the earlier job has ended; one firing waits so, those after it are skipped.</summary>
    BufferOne,

    /// <summary>The earlier job is cancelled, and it fires when that has ended. Of several that wait so, the latest fires.</summary>
    CancelOther,
}

/// <summary>What becomes of a time that clocks skip when they go forward.</summary>
public enum SkippedTime
{
    /// <summary>It fires once at the first instant after the gap. The default where hours are named.</summary>
    Next,

    /// <summary>It does not fire that day. The default for every hour: the rhythm goes on by itself.</summary>
    Skip,
}

/// <summary>What becomes of a time that comes twice when clocks go back.</summary>
public enum RepeatedTime
{
    /// <summary>It fires the first time only. The default where hours are named.</summary>
    First,

    /// <summary>It fires both times. The default for every hour: the rhythm has no hole.</summary>
    Both,
}

/// <summary>Who says what a schedule is.</summary>
public enum ScheduleSource
{
    /// <summary>Somebody by the API or in code.</summary>
    Api,

    /// <summary>The configuration of the nodes; changed and removed there.</summary>
    Configuration,
}

/// <summary>Why a firing happened.</summary>
public enum FiringOrigin
{
    /// <summary>Its time had come.</summary>
    Schedule,

    /// <summary>Somebody asked for it.</summary>
    Trigger,

    /// <summary>It belongs to a backfill.</summary>
    Backfill,
}

/// <summary>How a firing ended, or why there was none.</summary>
public enum FiringOutcome
{
    /// <summary>Its job completed.</summary>
    Completed,

    /// <summary>Its job was discarded, or could not be stored.</summary>
    Failed,

    /// <summary>Its job was cancelled.</summary>
    Cancelled,

    /// <summary>Its job was not started in time.</summary>
    Expired,

    /// <summary>Its job is not there any more.</summary>
    Gone,

    /// <summary>There was none: an earlier job had not ended.</summary>
    Skipped,

    /// <summary>There was none: its time had passed by too much.</summary>
    Missed,
}
