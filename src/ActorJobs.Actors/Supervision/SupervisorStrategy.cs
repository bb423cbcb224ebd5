namespace ActorJobs.Actors.Supervision;

/// <summary>What becomes of an actor that failed.</summary>
public enum Directive
{
    /// <summary>Goes on with the next message and the state it has.</summary>
    Resume,

    /// <summary>Is made anew and goes on with the next message.</summary>
    Restart,

    /// <summary>Stops.</summary>
    Stop,

    /// <summary>Its parent fails in its place; at the top, where nobody is above, it stops.</summary>
    Escalate,
}

/// <summary>How a parent decides its children's failures.</summary>
/// <param name="Decide">The directive for an exception.</param>
public sealed record SupervisorStrategy(Func<Exception, Directive> Decide)
{
    /// <summary>Restarts on everything, at most 10 times within a minute, waiting 10 ms first and up to 10 s.</summary>
    public static SupervisorStrategy Default { get; } = new(_ => Directive.Restart);

    /// <summary>How many restarts within <see cref="Within"/> are tried before the child is stopped. Default: 10.</summary>
    public int MaxRestarts { get; init; } = 10;

    /// <summary>The window restarts are counted in. Default: 1 minute.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait before the first restart of a window; it doubles with each. Default: 10 milliseconds.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait before a restart. Default: 10 seconds.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the restart that would be number <paramref name="number"/> (from 1) of the window, or null when it is one too many.</summary>
    internal TimeSpan? BackoffBefore(int number) =>
        number > MaxRestarts ? null
        : TimeSpan.FromTicks(Math.Min(MinBackoff.Ticks << Math.Min(number - 1, 20), MaxBackoff.Ticks));
}
