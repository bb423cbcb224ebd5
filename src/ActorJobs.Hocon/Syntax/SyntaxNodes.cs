namespace ActorJobs.Hocon.Syntax;

/// <summary>A value as it stands in a file, before includes and substitutions.</summary>
internal abstract record ValueSyntax(HoconPosition Position);

/// <summary>A string, number, boolean or null.</summary>
/// <param name="Text">The text, numbers as they were written; null only for the value <c>null</c>.</param>
/// <param name="Position">Where it begins.</param>
internal sealed record ScalarSyntax(string? Text, HoconPosition Position) : ValueSyntax(Position);

/// <summary>Unquoted whitespace between two parts: text between strings, nothing between objects or arrays.</summary>
internal sealed record WhitespaceSyntax(string Text, HoconPosition Position) : ValueSyntax(Position);

internal sealed record SubstitutionSyntax(HoconPath Path, bool IsOptional, HoconPosition Position) : ValueSyntax(Position);

internal sealed record ObjectSyntax(IReadOnlyList<MemberSyntax> Members, HoconPosition Position) : ValueSyntax(Position);

internal sealed record ArraySyntax(IReadOnlyList<ValueSyntax> Elements, HoconPosition Position) : ValueSyntax(Position);

/// <summary>Two or more parts on one line that resolving makes into one value.</summary>
internal sealed record ConcatenationSyntax(IReadOnlyList<ValueSyntax> Parts, HoconPosition Position) : ValueSyntax(Position);

/// <summary>What stands between the braces of an object.</summary>
internal abstract record MemberSyntax(HoconPosition Position);

internal sealed record FieldSyntax(HoconPath Path, ValueSyntax Value, HoconPosition Position) : MemberSyntax(Position);

/// <summary>A field with <c>+=</c>.</summary>
internal sealed record AppendSyntax(HoconPath Path, ValueSyntax Element, HoconPosition Position) : MemberSyntax(Position);

internal sealed record IncludeSyntax(string Name, bool IsRequired, HoconPosition Position) : MemberSyntax(Position);
