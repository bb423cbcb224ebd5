using System.Buffers.Text;
using System.Text;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Schedules;

/// <summary>The in-process way to schedules. Their entities may be on any node.</summary>
internal sealed class ScheduleClient(IEntityClient entities, ScheduleReader reader, ScheduleReading reading, Func<string?> closed, TimeProvider time) : ISchedules
{
    /// <summary>How many schedules there may be.</summary>
    public const int MaxSchedules = 10_000;

    private static readonly TimeSpan ReplyDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);

    public ValueTask<ScheduleCommandResult> PutAsync(string id, ScheduleRequest request, CancellationToken cancellationToken = default) =>
        PutAsync(id, request, ScheduleSource.Api, cancellationToken);

    /// <summary>As <see cref="PutAsync(string, ScheduleRequest, CancellationToken)"/>, saying who asks.</summary>
    public async ValueTask<ScheduleCommandResult> PutAsync(
        string id, ScheduleRequest request, ScheduleSource source, CancellationToken cancellationToken)
    {
        if (!ScheduleIds.IsValid(id))
            return new ScheduleCommandResult.Invalid(new("invalid-field", $"'{id}' cannot be the id of a schedule; allowed: {ScheduleIds.AllowedText}.", "id"));
        var (definition, problem) = reader.Read(request, time.GetUtcNow());
        if (definition is null)
            return new ScheduleCommandResult.Invalid(problem!);
        if (await reading.CountAsync(cancellationToken).ConfigureAwait(false) >= MaxSchedules
            && await reading.StateAsync(id, cancellationToken).ConfigureAwait(false) is null)
            return new ScheduleCommandResult.Refused("too-many-schedules", $"There are {MaxSchedules} schedules; no more are kept.");
        return await AskAsync(id, new PutSchedule(definition, source, request.Paused), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<ScheduleCommandResult> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        DeleteAsync(id, ScheduleSource.Api, cancellationToken);

    /// <summary>As <see cref="DeleteAsync(string, CancellationToken)"/>, saying who asks.</summary>
    public ValueTask<ScheduleCommandResult> DeleteAsync(string id, ScheduleSource source, CancellationToken cancellationToken) =>
        AskAsync(id, new DeleteSchedule(source), cancellationToken);

    public async ValueTask<ScheduleView?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await reading.StateAsync(id, cancellationToken).ConfigureAwait(false) is { } state ? ScheduleViews.Detail(state) : null;

    public async ValueTask<SchedulePage> ListAsync(string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var (items, hasMore) = await reading.ListAsync(IdOf(cursor), limit, cancellationToken).ConfigureAwait(false);
        var next = hasMore && items.Count > 0 ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(items[^1].Id)) : null;
        return new SchedulePage([.. items.Select(ScheduleViews.Summary)], next);
    }

    public ValueTask<ScheduleCommandResult> TriggerAsync(string id, string? key = null, CancellationToken cancellationToken = default) =>
        AskAsync(id, new TriggerSchedule(ScheduleIds.KeyOfTrigger(key ?? Guid.NewGuid().ToString())), cancellationToken);

    public ValueTask<ScheduleCommandResult> PauseAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        AskAsync(id, new PauseSchedule(reason), cancellationToken);

    public ValueTask<ScheduleCommandResult> ResumeAsync(string id, CancellationToken cancellationToken = default) =>
        AskAsync(id, new ResumeSchedule(), cancellationToken);

    public ValueTask<ScheduleCommandResult> BackfillAsync(
        string id, DateTimeOffset from, DateTimeOffset to, int? perMinute = null, CancellationToken cancellationToken = default)
    {
        var wrong = from > to ? new JobProblem("invalid-field", "'from' is not valid; allowed: an instant not after 'to'.", "from")
            : perMinute is < 1 or > BackfillLimits.MaxPerMinute
                ? new JobProblem("invalid-field", $"'perMinute' is not valid; allowed: 1 to {BackfillLimits.MaxPerMinute}.", "perMinute")
            : null;
        return wrong is null
            ? AskAsync(id, new BackfillSchedule(from, to, perMinute ?? BackfillLimits.DefaultPerMinute), cancellationToken)
            : new(new ScheduleCommandResult.Invalid(wrong));
    }

    public ValueTask<ScheduleCommandResult> CancelBackfillAsync(string id, CancellationToken cancellationToken = default) =>
        AskAsync(id, new CancelBackfill(), cancellationToken);

    private static string? IdOf(string? cursor)
    {
        if (cursor is null)
            return null;
        try
        {
            if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is var id && ScheduleIds.IsValid(id))
                return id;
        }
        catch (FormatException)
        {
            // said below, as for one that can be read and is no id
        }

        throw new FormatException($"'{cursor}' is no cursor of a list of schedules.");
    }

    private async ValueTask<ScheduleCommandResult> AskAsync(string id, ScheduleCommand command, CancellationToken cancellationToken)
    {
        if (!ScheduleIds.IsValid(id))
            return new ScheduleCommandResult.NotFound();
        if (closed() is { } reason)
            return new ScheduleCommandResult.Unavailable(reason, OutageRetry);
        try
        {
            return await entities.AskAsync<ScheduleCommandResult>(ScheduleIds.Entity(id), command, null, cancellationToken)
                .AsTask().WaitAsync(ReplyDeadline, time, cancellationToken).ConfigureAwait(false);
        }
        catch (EntityException exception) when (exception.Failure.Reason == EntityFailureReason.TooLarge)
        {
            return new ScheduleCommandResult.Invalid(new("too-large", exception.Failure.Detail, "job.args"));
        }
        catch (Exception exception) when (exception is EntityException or TimeoutException)
        {
            return new ScheduleCommandResult.Unavailable(exception.Message, OutageRetry);
        }
    }
}
