using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What another system keeps of a job, as far as it can be carried over. What it does not say is left to the options of the kind.</summary>
internal sealed record ForeignJob
{
    /// <summary>Its id there.</summary>
    public required string Id { get; init; }

    /// <summary>What tells two jobs apart that were given the same id one after the other, and stays the same while the job waits.</summary>
    public required string Publication { get; init; }

    /// <summary>The function or class that runs it there.</summary>
    public required string Function { get; init; }

    /// <summary>The arguments by place: an array.</summary>
    public required JsonElement Positional { get; init; }

    /// <summary>The arguments by name: an object; undefined where there are none.</summary>
    public JsonElement Named { get; init; }

    /// <summary>When it is to run; null for now.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it is of no more use.</summary>
    public DateTimeOffset? StartBy { get; init; }

    /// <summary>How long an attempt may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many attempts it has left.</summary>
    public int? Attempts { get; init; }

    /// <summary>The waits between attempts.</summary>
    public BackoffRule? Backoff { get; init; }

    /// <summary>0 to 9, 9 first.</summary>
    public int? Priority { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>What else is worth keeping.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();
}

/// <summary>What became of reading one job.</summary>
internal abstract record ForeignReading
{
    private ForeignReading()
    {
    }

    /// <summary>It can be carried over.</summary>
    internal sealed record Readable(ForeignJob Job) : ForeignReading;

    /// <summary>It stays where it is.</summary>
    internal sealed record Left(string? Id, string? Function, string Reason) : ForeignReading;

    /// <summary>It is of another queue, which nobody asked for.</summary>
    internal sealed record Elsewhere : ForeignReading;
}
