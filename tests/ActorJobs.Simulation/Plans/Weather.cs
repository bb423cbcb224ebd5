namespace ActorJobs.Simulation.Plans;

/// <summary>How often calls go wrong and how slow they are. Chances are in one of 1 000 calls.</summary>
internal sealed record Weather
{
    public static Weather Calm { get; } = new();

    /// <summary>A store call that fails without effect.</summary>
    public int StoreFailures { get; init; }

    /// <summary>A store call that has its effect and fails all the same.</summary>
    public int StoreUnknowns { get; init; }

    /// <summary>A store call without an answer, which may have its effect long after its caller has given up.</summary>
    public int StoreSilences { get; init; }

    /// <summary>A call between nodes that is refused, or whose answer is lost.</summary>
    public int CallFailures { get; init; }

    /// <summary>A call between nodes that arrives twice.</summary>
    public int CallDuplicates { get; init; }

    /// <summary>A call between nodes that goes into silence, before or after it arrived.</summary>
    public int CallSilences { get; init; }

    /// <summary>Most calls take less than this, so that they overtake one another.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>A call that takes up to a hundred times as long.</summary>
    public int Slow { get; init; }
}
