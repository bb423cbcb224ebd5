using System.Runtime.ExceptionServices;

namespace ActorJobs.Simulation.Runs;

/// <summary>
/// Runs something on a thread of its own: without a synchronisation context, and with a stack so deep that what goes on after an await always goes on
/// at once, in a known order. On a shallow one the runtime would hand it to the thread pool.
/// </summary>
internal static class OwnThread
{
    private const int StackBytes = 64 << 20;

    public static T Run<T>(Func<T> act)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = act();
                }
#pragma warning disable CA1031 // thrown again where it is waited for
                catch (Exception error)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
