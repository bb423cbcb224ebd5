using System.Diagnostics;
using System.Globalization;
using ActorJobs.Jobs;
using ActorJobs.Limits;

namespace ActorJobs.Queries;

/// <summary>Says in words why a job is where it is. Pure: all facts come in.</summary>
internal static class JobExplanation
{
    public static WhyView Of(JobState state, QueueView queue, IReadOnlyDictionary<string, long> available, DateTimeOffset now, HeldJob? held = null) => state.VisibleStatus switch
    {
        JobStatus.Waiting => Plain(state, "It waits for its parents."),
        JobStatus.Scheduled => At(state, $"It is to run at {Text(state.Since)}.", state.Since),
        JobStatus.Retryable => At(
            state,
            $"Attempt {state.Attempt} ended as {state.Attempts?[^1].Outcome}; the next one is to start at {Text(state.Since)}.",
            state.Since,
            [.. state.Error is { } error ? new[] { $"Last error: {error.Type}: {error.Message}" } : [], $"{state.Used} of {state.Spec!.MaxAttempts} attempts are used."]),
        JobStatus.Available => Available(state, queue, available, now, held),
        JobStatus.Running => Plain(
            state,
            $"Attempt {state.Running!.Number} runs on {state.Running.Node} in pool {state.Running.Pool} since {Text(state.Running.At)}.",
            state.CancelReason is { } reason ? [$"It was asked to stop: {reason}."] : []),
        JobStatus.Completed => Plain(state, $"It completed at {Text(state.FinishedAt!.Value)} with attempt {state.Attempt}."),
        JobStatus.Cancelled => Plain(state, $"It was cancelled at {Text(state.FinishedAt!.Value)}: {state.CancelReason}."),
        JobStatus.Discarded => Plain(
            state,
            $"It was discarded at {Text(state.FinishedAt!.Value)} after {state.Attempt} attempts: {state.Error!.Type}: {state.Error.Message}",
            ["Retry it, with other arguments if need be."]),
        JobStatus.Expired => Plain(state, $"It was not started before its deadline {Text(state.Spec!.StartBy!.Value)}."),
        _ => throw new UnreachableException($"{state.VisibleStatus} is not explained"),
    };

    private static WhyView Available(JobState state, QueueView queue, IReadOnlyDictionary<string, long> available, DateTimeOffset now, HeldJob? held)
    {
        var spec = state.Spec!;
        var higher = available.Sum(list => JobIndex.Parse(list.Key).Priority > spec.Priority ? list.Value : 0);
        var own = available.GetValueOrDefault(JobIndex.Of(JobStatus.Available, spec.Queue, spec.Priority));
        var ahead = higher + Math.Max(0, own - 1);
        var reasons = new List<string>
        {
            $"{higher} jobs of higher priority and up to {Math.Max(0, own - 1)} of its own are in queue {queue.Name}.",
            string.Create(CultureInfo.InvariantCulture, $"The queue drains at {queue.DrainRate:0.#} jobs a second."),
        };
        if (queue.Paused)
            return new(JobStatus.Available, $"Queue {queue.Name} is paused.", reasons, ahead, false, null);
        if (held is not null)
            return new(JobStatus.Available, held.Summary, reasons, ahead, false, StartOf(held, queue, ahead, now));
        if (queue.Pools.Count == 0)
            return new(JobStatus.Available, $"No pool on this node serves queue {queue.Name}.", reasons, ahead, false, null);
        var start = queue.DrainRate > 0 ? now + TimeSpan.FromSeconds(ahead / queue.DrainRate) : (DateTimeOffset?)null;
        return new(JobStatus.Available, $"It waits for a slot of pool {string.Join(" or ", queue.Pools)}; at most {ahead} jobs come before it.", reasons, ahead, false, start);
    }

    // those ahead go first when the limit lets jobs through again
    private static DateTimeOffset? StartOf(HeldJob held, QueueView queue, long ahead, DateTimeOffset now)
    {
        if ((held.PerSecond ?? queue.DrainRate) is not (> 0 and var rate))
            return held.Until;
        return (held.Until ?? now) + TimeSpan.FromSeconds(ahead / rate);
    }

    private static WhyView At(JobState state, string summary, DateTimeOffset at, IReadOnlyList<string>? reasons = null) =>
        new(state.VisibleStatus, summary, reasons ?? [], null, false, at);

    private static WhyView Plain(JobState state, string summary, IReadOnlyList<string>? reasons = null) =>
        new(state.VisibleStatus, summary, reasons ?? [], null, false, null);

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
