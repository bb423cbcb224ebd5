using ActorJobs.Hocon.Composition;

namespace ActorJobs.Hocon.Resolution;

/// <summary>
/// What a field turned out to be, looked at only from outside: the fields of an object and the elements of an array are still open. That is
/// what lets an object refer to paths within itself.
/// </summary>
internal abstract record Head
{
    private Head()
    {
    }

    /// <summary>Not set: an optional substitution that found nothing, or nothing at all.</summary>
    public sealed record Undefined : Head
    {
        public static Undefined Instance { get; } = new();
    }

    /// <summary>
    /// Open because of a cycle: going back behind it may still break it, so this is not an error until somebody needs the value.
    /// </summary>
    public sealed record Cyclic(HoconException? Error) : Head;

    /// <summary>A string, number or boolean as text, or null.</summary>
    public sealed record Scalar(string? Text) : Head;

    /// <summary>Object literals that are laid over each other, the topmost first.</summary>
    public sealed record Object(IReadOnlyList<Layer> Layers) : Head;

    /// <summary>Array literals one after the other.</summary>
    public sealed record Array(IReadOnlyList<Segment> Segments) : Head;
}

internal readonly record struct Layer(ObjectDefinition Object, Origin? Origin);

internal readonly record struct Segment(IReadOnlyList<Field> Elements, Origin? Origin);

/// <summary>The substitution that brought a layer or segment here, the field it found, and what had brought it there.</summary>
internal sealed record Origin(SubstitutionDefinition Substitution, Field Target, Origin? Via);
