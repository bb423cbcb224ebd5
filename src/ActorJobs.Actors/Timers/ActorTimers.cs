using ActorJobs.Actors.Cells;

namespace ActorJobs.Actors.Timers;

/// <summary>An actor's messages to itself, by key. Used only in the actor's turns.</summary>
public sealed class ActorTimers<TMessage>
{
    private readonly ActorCell<TMessage> cell;
    private readonly Dictionary<object, ITimer> timers = [];

    internal ActorTimers(ActorCell<TMessage> cell) => this.cell = cell;

    /// <summary>Posts the message once after the delay, in place of what the key had before.</summary>
    public void Schedule(object key, TimeSpan delay, TMessage message) => Set(key, delay, Timeout.InfiniteTimeSpan, message);

    /// <summary>Posts the message again and again, in place of what the key had before.</summary>
    public void ScheduleEvery(object key, TimeSpan period, TMessage message) => Set(key, period, period, message);

    /// <summary>Forgets the key. A message already posted still arrives.</summary>
    public void Cancel(object key)
    {
        if (timers.Remove(key, out var timer))
            timer.Dispose();
    }

    internal void CancelAll()
    {
        foreach (var timer in timers.Values)
            timer.Dispose();
        timers.Clear();
    }

    private void Set(object key, TimeSpan delay, TimeSpan period, TMessage message)
    {
        Cancel(key);
        timers[key] = cell.System.Time.CreateTimer(
            static state =>
            {
                var (cell, message) = ((ActorCell<TMessage>, TMessage))state!;
                cell.Post(message);
            },
            (cell, message),
            delay < TimeSpan.Zero ? TimeSpan.Zero : delay,
            period);
    }
}
