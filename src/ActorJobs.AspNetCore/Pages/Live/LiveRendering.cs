namespace ActorJobs.AspNetCore;

/// <summary>
/// Lets a few live pages at a time be rendered, so that many people who watch cannot take the processor from those who work: with hundreds of pages open each
/// is brought up to date less often. What is not rendered in time is skipped, for every page asks for the latest state only when its turn comes.
/// </summary>
internal sealed class LiveRendering : IDisposable
{
    /// <summary>Half of the cores: the rest stays with requests and jobs.</summary>
    public static int AtOnce { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim turns = new(AtOnce);

    public async ValueTask<TResult> RunAsync<TResult>(Func<Task<TResult>> render, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await render();
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
