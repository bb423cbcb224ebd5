namespace ActorJobs;

/// <summary>Keeps schedules and asks about them, in process. The HTTP front door is a translation of this.</summary>
public interface ISchedules
{
    /// <summary>Creates a schedule, or makes it what the request says. Repeating it changes nothing.</summary>
    /// <param name="id">1 to 63 letters, digits or any of <c>- _ .</c>.</param>
    /// <param name="request">What it is to be.</param>
    /// <param name="cancellationToken">Gives up waiting; the schedule may have been put.</param>
    ValueTask<ScheduleCommandResult> PutAsync(string id, ScheduleRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a schedule. Jobs of its firings go on.</summary>
    ValueTask<ScheduleCommandResult> DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The schedule as it is now, or null when there is none.</summary>
    ValueTask<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Schedules by their ids.</summary>
    /// <param name="cursor">The last page's <see cref="SchedulePage.Next"/>, or null. One that is none of ours throws <see cref="FormatException"/>.</param>
    /// <param name="limit">1 to 1 000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<SchedulePage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken = default);

    /// <summary>Fires once now, paused or not, as far as the overlap policy lets it.</summary>
    /// <param name="id">Which schedule.</param>
    /// <param name="key">Makes repeating the call harmless: the same key names the same job. Default: a new one.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have fired.</param>
    ValueTask<ScheduleCommandResult> TriggerAsync(string id, string? key = null, CancellationToken cancellationToken = default);

    /// <summary>Has it fire no more by itself; a backfill waits too.</summary>
    ValueTask<ScheduleCommandResult> PauseAsync(string id, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Has it fire again. What was to fire while it was paused does not.</summary>
    ValueTask<ScheduleCommandResult> ResumeAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Fires the nominal times between two instants that have passed, both included, oldest first and at most 1 000. A time whose job is there already does not
    /// fire again. Unless overlap is allowed, one job follows the other.
    /// </summary>
    /// <param name="id">Which schedule.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The last instant; it has passed.</param>
    /// <param name="perMinute">How many a minute, 1 to 600. Default: 60.</param>
    /// <param name="cancellationToken">Gives up waiting; the backfill may have begun.</param>
    ValueTask<ScheduleCommandResult> BackfillAsync(
        string id, DateTimeOffset from, DateTimeOffset to, int? perMinute = null, CancellationToken cancellationToken = default);

    /// <summary>Ends a backfill; what it has fired goes on.</summary>
    ValueTask<ScheduleCommandResult> CancelBackfillAsync(string id, CancellationToken cancellationToken = default);
}
