using System.Runtime.InteropServices;

namespace ActorJobs.Server;

/// <summary>
/// Ends a node by the signals that a person or a supervisor sends: the first one (SIGINT, which is Ctrl+C, or SIGTERM) drains it, a second one means that there
/// is no time for that.
/// </summary>
internal static partial class StopSignals
{
    /// <summary>Runs a started node until it is told to stop, and ends it.</summary>
    public static async Task RunUntilToldAsync(this WebApplication app)
    {
        var haste = new CancellationTokenSource(); // never disposed: a last signal may still be on its way when the process ends
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var signals = app.Lifetime.ApplicationStopping.IsCancellationRequested ? 1 : 0; // one that came before us
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Note);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Note);
        using var stopping = app.Lifetime.ApplicationStopping.Register(told.SetResult);
        await told.Task;
        SaysHow(app.Logger);
        await app.StopAsync(haste.Token);

        // the host's own handler is called beside this one, in no stated order, and is who obeys the first
        void Note(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (Interlocked.Increment(ref signals) == 2)
                haste.Cancel();
        }
    }

    [LoggerMessage(LogLevel.Information, "Told to stop; Ctrl+C or SIGTERM once more stops at once")]
    private static partial void SaysHow(ILogger logger);
}
