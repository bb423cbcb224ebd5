namespace ActorJobs.TestKit.Nodes;

/// <summary>Runs something without a synchronisation context, so that what it completes goes on at once, on this thread, and in a known order.</summary>
internal static class InlineContinuations
{
    public static void Allow(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
