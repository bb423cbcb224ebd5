namespace ActorJobs.Hocon;

/// <summary>A configuration file that cannot be used: the only exception that reading one throws.</summary>
public sealed class HoconException : Exception
{
    /// <summary>Creates the exception for <paramref name="problem"/> at <paramref name="position"/>; its message holds both.</summary>
    public HoconException(string problem, HoconPosition position, Exception? innerException = null)
        : base($"{position}: {problem}", innerException)
    {
        Problem = problem;
        Position = position;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>Where it is wrong. A file that cannot be read at all is reported where it was included, or at its own first character.</summary>
    public HoconPosition Position { get; }
}
