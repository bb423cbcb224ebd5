using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon.Composition;

/// <summary>
/// What a field or element was set to, with includes in place and substitutions still open. Compared by reference: the specification has a
/// substitution resolved once per place where it stands.
/// </summary>
internal abstract class Definition(HoconPosition position)
{
    public HoconPosition Position { get; } = position;
}

internal sealed class ScalarDefinition(string? text, HoconPosition position) : Definition(position)
{
    public string? Text { get; } = text;
}

/// <summary>Unquoted whitespace within a concatenation.</summary>
internal sealed class WhitespaceDefinition(string text, HoconPosition position) : Definition(position)
{
    public string Text { get; } = text;
}

internal sealed class ArrayDefinition(IReadOnlyList<Definition> elements, HoconPosition position) : Definition(position)
{
    public IReadOnlyList<Definition> Elements { get; } = elements;
}

internal sealed class ConcatenationDefinition(IReadOnlyList<Definition> parts, HoconPosition position) : Definition(position)
{
    public IReadOnlyList<Definition> Parts { get; } = parts;
}

/// <summary>An element added by <c>+=</c> to whatever the field was before.</summary>
internal sealed class AppendDefinition(Definition element, HoconPosition position) : Definition(position)
{
    public Definition Element { get; } = element;
}

internal sealed class SubstitutionDefinition(HoconPath path, bool isOptional, IncludeScope scope, HoconPosition position) : Definition(position)
{
    /// <summary>The path as it was written.</summary>
    public HoconPath Path { get; } = path;

    public bool IsOptional { get; } = isOptional;

    /// <summary>The places to look, first the one that the file it stands in would mean if it were read alone.</summary>
    public IReadOnlyList<HoconPath> Candidates { get; } = [.. scope.Prefixes.Select(prefix => prefix.Append(path))];

    public override string ToString() => (IsOptional ? "${?" : "${") + Path + "}";
}
