using System.Collections.Concurrent;

namespace ActorJobs.Sqlite;

/// <summary>A few reading connections, opened when first needed. Reads run on the thread pool: a page that is not cached blocks for the disk.</summary>
internal sealed class SqliteReaders(Func<SqliteReader> open) : IDisposable
{
    private const int Limit = 4;

    private readonly ConcurrentBag<SqliteReader> idle = [];
    private readonly SemaphoreSlim slots = new(Limit);

    public async ValueTask<TResult> RunAsync<TResult>(Func<SqliteReader, TResult> call, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Run(call), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var reader))
            reader.Dispose();
        slots.Dispose();
    }

    // a reader whose call failed is not used again: a statement may be half way through its rows
    private TResult Run<TResult>(Func<SqliteReader, TResult> call)
    {
        var reader = idle.TryTake(out var known) ? known : open();
        try
        {
            var result = call(reader);
            idle.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
