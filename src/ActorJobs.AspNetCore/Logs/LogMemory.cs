using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>The last lines of the log, for whoever looks from outside. Lines that are too many for it are gone; readers hear how many.</summary>
internal sealed class LogMemory
{
    /// <summary>What an operator looks back on; about a megabyte at the very most of usual lines.</summary>
    public const int Capacity = 1_000;

    private const int MaxMessage = 4_000;
    private const int MaxException = 8_000;

    private readonly Lock gate = new();
    private readonly NodeLogLine[] lines = new NodeLogLine[Capacity]; // guarded by gate
    private long count; // guarded by gate; the number of the newest line
    private TaskCompletionSource? news; // guarded by gate; made by whoever waits

    public void Add(DateTimeOffset at, LogLevel level, string category, string message, Exception? exception)
    {
        var error = exception is null ? null : Shorten(exception.ToString(), MaxException);
        TaskCompletionSource? waiting;
        lock (gate)
        {
            count++;
            lines[count % Capacity] = new NodeLogLine(count, at, level.ToString(), category, Shorten(message, MaxMessage), error);
            (waiting, news) = (news, null);
        }

        waiting?.TrySetResult();
    }

    /// <summary>The lines after <paramref name="number"/> that are still there, oldest first, and the number of the newest line.</summary>
    public (IReadOnlyList<NodeLogLine> Lines, long Newest) After(long number)
    {
        lock (gate)
        {
            var first = Math.Max(number + 1, count - Capacity + 1);
            first = Math.Max(first, 1);
            return ([.. Enumerable.Range(0, (int)Math.Max(0, count - first + 1)).Select(offset => lines[(first + offset) % Capacity])], count);
        }
    }

    /// <summary>Waits until there is a line after <paramref name="number"/>.</summary>
    public Task NewerThanAsync(long number, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (count > number)
                return Task.CompletedTask;
            news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return news.Task.WaitAsync(cancellationToken);
        }
    }

    private static string Shorten(string text, int max) => text.Length <= max ? text : string.Concat(text.AsSpan(0, max - 1), "…");
}
