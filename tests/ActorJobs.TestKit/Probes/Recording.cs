using System.Runtime.CompilerServices;

namespace ActorJobs.TestKit.Probes;

/// <summary>What a test has seen so far, and waiting for what it expects to see. Written by any thread.</summary>
public sealed class Recording<T>
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);

    private readonly string name;
    private readonly Lock gate = new(); // guards everything below
    private readonly List<T> seen = [];
    private TaskCompletionSource grown = NewSignal();
    private int passed; // how many have been looked at by expectations

    /// <summary>Begins empty.</summary>
    /// <param name="name">What is recorded; appears in failures.</param>
    public Recording(string name) => this.name = name;

    /// <summary>Everything so far, oldest first.</summary>
    public IReadOnlyList<T> Seen
    {
        get
        {
            lock (gate)
                return [.. seen];
        }
    }

    /// <summary>Records one more.</summary>
    public void Add(T item)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            seen.Add(item);
            (signal, grown) = (grown, NewSignal());
        }

        signal.TrySetResult();
    }

    /// <summary>
    /// Waits for the next item that matches, passing over those that do not. What an expectation has returned or passed over is not looked at again.
    /// </summary>
    /// <param name="match">What is expected.</param>
    /// <param name="deadline">When to fail, in real time: it only bounds a wait that normally ends at once. Default: 10 seconds.</param>
    /// <param name="expected">The expectation in words, for the failure; by default the text of <paramref name="match"/>.</param>
    public async Task<T> ExpectAsync(
        Func<T, bool> match, TimeSpan? deadline = null, [CallerArgumentExpression(nameof(match))] string expected = "")
    {
        var end = Task.Delay(deadline ?? DefaultDeadline);
        while (true)
        {
            Task more;
            lock (gate)
            {
                while (passed < seen.Count)
                {
                    if (match(seen[passed++]))
                        return seen[passed - 1];
                }

                more = grown.Task;
            }

            if (await Task.WhenAny(more, end).ConfigureAwait(false) == end)
                throw new Xunit.Sdk.XunitException($"{name}: expected {expected}; seen: [{string.Join(", ", Seen)}].");
        }
    }

    // a test that goes on must not run on the recorded actor's stack
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
