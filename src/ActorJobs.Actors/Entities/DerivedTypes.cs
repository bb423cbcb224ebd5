using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ActorJobs.Actors.Entities;

/// <summary>
/// The types of a closed hierarchy: those that can be made and are, or derive from, a type of the same assembly. They are found in the assembly's
/// metadata, so that nothing else of it is loaded: <see cref="Assembly.GetTypes"/> loads all of its types, which was an eighth of a node's start.
/// </summary>
internal static class DerivedTypes
{
    /// <summary>The types, in the order of the metadata.</summary>
    public static IReadOnlyList<Type> Of(Type root)
    {
        if (root.IsConstructedGenericType || !TryReadMetadata(root.Assembly, out var metadata))
            return [.. root.Assembly.GetTypes().Where(type => IsMember(type, root))];
        var names = new HashSet<EntityHandle> { MetadataTokens.EntityHandle(root.MetadataToken) };
        var found = new List<TypeDefinitionHandle>();
        // bases may come after what derives from them: as often as a deeper level is found
        for (var known = 0; known < names.Count;)
        {
            known = names.Count;
            found = [.. metadata.TypeDefinitions.Where(type => names.Contains(type) || Derives(metadata, type, names))];
            names.UnionWith(found.Select(type => (EntityHandle)type));
        }

        return [.. found.Select(type => root.Module.ResolveType(MetadataTokens.GetToken(type))).Where(type => IsMember(type, root))];
    }

    // whether of that hierarchy or, through a generic type, perhaps
    private static bool Derives(MetadataReader metadata, TypeDefinitionHandle handle, HashSet<EntityHandle> names)
    {
        var type = metadata.GetTypeDefinition(handle);
        if (!type.BaseType.IsNil && (names.Contains(type.BaseType) || type.BaseType.Kind == HandleKind.TypeSpecification))
            return true;
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            if (names.Contains(metadata.GetInterfaceImplementation(implemented).Interface))
                return true;
        }

        return false;
    }

    private static bool IsMember(Type type, Type root) =>
        type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(root);

    private static unsafe bool TryReadMetadata(Assembly assembly, out MetadataReader metadata)
    {
        var isThere = assembly.TryGetRawMetadata(out var start, out var length);
        metadata = isThere ? new MetadataReader(start, length) : null!;
        return isThere;
    }
}
