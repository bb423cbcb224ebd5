using System.Runtime.CompilerServices;
using ActorJobs.TestKit.Time;

namespace ActorJobs.TestKit.Nodes;

/// <summary>Makes turns run and time pass, for one node or several that share a clock and a dispatcher.</summary>
/// <param name="time">The clock.</param>
/// <param name="dispatcher">Where turns wait.</param>
/// <param name="where">Who is driven and what has happened there, for failures.</param>
internal sealed class Driver(FakeTimeProvider time, DrivenDispatcher dispatcher, Func<string> where)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10); // real time: bounds waits that normally end at once
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30); // real time: for continuations that come by way of other threads

    /// <summary>Runs everything that can run at this instant.</summary>
    public void Run() => InlineContinuations.Allow(() =>
    {
        dispatcher.RunUntilIdle();
        while (time.NextDue <= time.GetUtcNow())
        {
            time.Advance(TimeSpan.Zero);
            dispatcher.RunUntilIdle();
        }
    });

    /// <summary>Runs one turn or handler, if any waits.</summary>
    public void RunOne() => InlineContinuations.Allow(() => dispatcher.RunOne());

    /// <summary>Lets time pass, running at each timer's instant what it leads to.</summary>
    public void Advance(TimeSpan by)
    {
        var end = time.GetUtcNow() + by;
        Run();
        while (time.NextDue is { } due && due <= end)
        {
            InlineContinuations.Allow(() => time.Advance(due - time.GetUtcNow()));
            Run();
        }

        time.Advance(end - time.GetUtcNow());
        Run();
    }

    /// <summary>Lets time pass from timer to timer until the condition holds.</summary>
    public void AdvanceUntil(Func<bool> isSo, TimeSpan limit, string expected)
    {
        var end = time.GetUtcNow() + limit;
        for (Run(); !isSo(); Run())
        {
            if (time.NextDue is not { } due || due > end)
                throw Failure($"expected {expected}");
            InlineContinuations.Allow(() => time.Advance(due > time.GetUtcNow() ? due - time.GetUtcNow() : TimeSpan.Zero));
        }
    }

    /// <summary>Runs what can run, at this instant, until the task has ended.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string expected = "")
    {
        await UntilAsync(() => task.IsCompleted, expected, task);
        return await task;
    }

    /// <summary>Runs what can run, at this instant, until the condition holds.</summary>
    public async Task UntilAsync(Func<bool> isSo, string expected, Task? alsoWakes)
    {
        var end = Task.Delay(Deadline);
        while (true)
        {
            var arrival = dispatcher.NextArrival(); // before the look: what comes in between is not missed
            Run();
            if (isSo())
                return;
            if (await Task.WhenAny(arrival, alsoWakes ?? arrival, end) == end)
                throw Failure($"expected {expected}");
        }
    }

    /// <summary>Runs what can run until the task has ended, letting time pass, a step at a time, when nothing else happens.</summary>
    public async Task<T> DriveThroughAsync<T>(Task<T> whole, TimeSpan step, string expected)
    {
        var end = time.GetUtcNow() + TimeSpan.FromMinutes(10);
        while (true)
        {
            var arrival = dispatcher.NextArrival();
            Run();
            if (whole.IsCompleted || await Task.WhenAny(whole, arrival, Task.Delay(Patience)) is { } first && first == whole)
                return await whole;
            if (arrival.IsCompleted)
                continue;
            if (time.GetUtcNow() > end)
                throw Failure($"{expected} has not ended");
            Advance(step);
        }
    }

    private Xunit.Sdk.XunitException Failure(string what) => new($"{where()} at {time.GetUtcNow():O}: {what}.");
}
