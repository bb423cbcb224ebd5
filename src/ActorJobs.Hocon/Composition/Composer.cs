using ActorJobs.Hocon.Files;
using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon.Composition;

/// <summary>
/// Makes one tree out of the first file and all that it includes: paths in keys become objects, fields of the same name are laid over each other.
/// Source: HOCON specification, "Duplicate keys", "Paths as keys", "Include semantics".
/// </summary>
internal sealed class Composer(HoconFileReader reader)
{
    private readonly IncludeLoader _includes = new(reader);

    public ObjectDefinition Compose(ObjectSyntax root, string file)
    {
        var composed = new ObjectDefinition(root.Position);
        AddMembers(composed, root, new(new(file, HoconPath.Root, null), HoconPath.Root, 0));
        return composed;
    }

    private void AddMembers(ObjectDefinition target, ObjectSyntax source, Place place)
    {
        foreach (var member in source.Members)
        {
            switch (member)
            {
                case FieldSyntax { Value: ObjectSyntax value } field:
                    AddMembers(Walk(target, field.Path.Keys, field.Path.Keys.Count, field.Position, place), value, place.Under(field.Path));
                    break;
                case FieldSyntax field:
                    Set(target, field.Path, Define(field.Value, place.Under(field.Path)), place);
                    break;
                case AppendSyntax append:
                    var element = Define(append.Element, place.Under(append.Path).InArray());
                    Set(target, append.Path, new AppendDefinition(element, append.Position), place);
                    break;
                case IncludeSyntax include:
                    foreach (var included in _includes.Load(include, place))
                        AddMembers(target, included.Root, included.Place);
                    break;
            }
        }
    }

    private static void Set(ObjectDefinition target, HoconPath path, Definition definition, Place place) =>
        Walk(target, path.Keys, path.Keys.Count - 1, definition.Position, place).Set(path.Keys[^1], definition);

    private static ObjectDefinition Walk(ObjectDefinition from, IReadOnlyList<string> keys, int count, HoconPosition position, Place place)
    {
        CheckDepth(place.Depth + count, position);
        for (var index = 0; index < count; index++)
            from = from.Open(keys[index], position);
        return from;
    }

    private Definition Define(ValueSyntax value, Place place)
    {
        CheckDepth(place.Depth, value.Position);
        switch (value)
        {
            case ScalarSyntax scalar:
                return new ScalarDefinition(scalar.Text, scalar.Position);
            case WhitespaceSyntax space:
                return new WhitespaceDefinition(space.Text, space.Position);
            case SubstitutionSyntax substitution:
                return new SubstitutionDefinition(substitution.Path, substitution.IsOptional, place.Scope, substitution.Position);
            case ConcatenationSyntax concatenation:
                return new ConcatenationDefinition([.. concatenation.Parts.Select(part => Define(part, place))], value.Position);
            case ArraySyntax array:
                return new ArrayDefinition([.. array.Elements.Select(element => Define(element, place.InArray()))], value.Position);
            default:
                var composed = new ObjectDefinition(value.Position);
                AddMembers(composed, (ObjectSyntax)value, place);
                return composed;
        }
    }

    private static void CheckDepth(int depth, HoconPosition position)
    {
        if (depth > HoconLimits.Depth)
            throw new HoconException($"the tree is more than {HoconLimits.Depth} levels deep here", position);
    }
}
