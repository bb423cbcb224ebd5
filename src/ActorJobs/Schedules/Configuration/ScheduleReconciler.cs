using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorJobs.Schedules;

/// <summary>
/// Makes the stored schedules those of the configuration when a node starts: creates, changes, and removes what came from there before. Each step may
/// be repeated, so several nodes may do it at once; where their configurations differ, the one started last is right. Only nodes that host shards do
/// it: one that only answers or only works need not have the whole configuration.
/// </summary>
internal sealed partial class ScheduleReconciler(
    ScheduleClient client, ScheduleReading reading, ScheduleOptions configured, bool isHost, TimeProvider time, ILogger<ScheduleReconciler> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!isHost)
            return;
        // a store that is away or shards without owner pass; until then the schedules stay as they were
        for (var wait = FirstWait; !await RunOnceAsync(stoppingToken).ConfigureAwait(false); wait = wait < LongestWait / 2 ? 2 * wait : LongestWait)
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Does what is to be done. False when some of it must be tried again.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isDone = true;
            foreach (var (id, settings) in configured.Schedules)
                isDone &= Note(id, await client.PutAsync(id, settings.ToRequest(), ScheduleSource.Configuration, cancellationToken).ConfigureAwait(false));
            foreach (var id in await reading.ConfiguredAsync(ScheduleClient.MaxSchedules, cancellationToken).ConfigureAwait(false))
            {
                if (!configured.Schedules.ContainsKey(id))
                    isDone &= Note(id, await client.DeleteAsync(id, ScheduleSource.Configuration, cancellationToken).ConfigureAwait(false));
            }

            return isDone;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogLater(logger, exception.Message);
            return false;
        }
    }

    private bool Note(string id, ScheduleCommandResult result)
    {
        switch (result)
        {
            case ScheduleCommandResult.Unavailable(var reason, _):
                LogLater(logger, reason);
                return false;
            case ScheduleCommandResult.Invalid(var problem): // its end has come since the configuration was written
                LogRefused(logger, id, problem.Detail);
                return true;
            case ScheduleCommandResult.Refused(_, var reason):
                LogRefused(logger, id, reason);
                return true;
            default:
                return true;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The configured schedules are put in place later: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The configured schedule {Id} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string id, string reason);
}
