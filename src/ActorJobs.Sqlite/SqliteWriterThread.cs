using System.Collections.Concurrent;

namespace ActorJobs.Sqlite;

/// <summary>
/// The thread that writes. The library's calls block for the disk: on a thread of their own they hold up nobody, and the writer needs no lock.
/// </summary>
internal sealed class SqliteWriterThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> work = new(64);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteWriter writer;

    public SqliteWriterThread(SqliteWriter writer)
    {
        this.writer = writer;
        new Thread(Run) { IsBackground = true, Name = "actorjobs-sqlite-writer" }.Start();
    }

    /// <summary>Runs a call on the thread. Once begun it is not abandoned: an abandoned commit would still happen.</summary>
    public Task<TResult> RunAsync<TResult>(Func<SqliteWriter, TResult> call, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(
            () =>
            {
                try
                {
                    result.TrySetResult(call(writer));
                }
#pragma warning disable CA1031 // goes to the caller
                catch (Exception error)
                {
                    result.TrySetException(error);
                }
#pragma warning restore CA1031
            },
            cancellationToken);
        return result.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        work.CompleteAdding();
        await ended.Task.ConfigureAwait(false);
        work.Dispose();
    }

    private void Run()
    {
        foreach (var call in work.GetConsumingEnumerable())
            call();
        writer.Dispose();
        ended.TrySetResult();
    }
}
