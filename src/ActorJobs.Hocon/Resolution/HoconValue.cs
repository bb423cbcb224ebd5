namespace ActorJobs.Hocon.Resolution;

/// <summary>A value with nothing left open.</summary>
internal abstract record HoconValue
{
    /// <summary>Where it was written; for what was laid over each other, the last of the places.</summary>
    public HoconPosition Position { get; init; }
}

/// <summary>A string, number or boolean as text, or null.</summary>
internal sealed record HoconScalar(string? Text) : HoconValue;

internal sealed record HoconArray(IReadOnlyList<HoconValue> Elements) : HoconValue;

/// <summary>Fields in the order in which their keys first appeared.</summary>
internal sealed record HoconObject(IReadOnlyList<KeyValuePair<string, HoconValue>> Fields) : HoconValue;
