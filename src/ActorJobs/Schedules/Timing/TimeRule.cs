namespace ActorJobs.Schedules;

/// <summary>Which instants a schedule names. Pure: the same question has the same answer on every machine, so no clock and no zone of the system.</summary>
internal abstract class TimeRule
{
    /// <summary>The first instant after <paramref name="after"/>, in UTC and whole seconds; null when there is none.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);
}
