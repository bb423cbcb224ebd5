using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ActorJobs.Actors.Entities;

/// <summary>As what a reply is written whose asker alone knows what it should be.</summary>
internal static class ReplyShape
{
    // one entry for each type of reply in the code
    private static readonly ConcurrentDictionary<Type, Type> Shapes = new();

    /// <summary>
    /// The closed hierarchy (<see cref="JsonDerivedTypeAttribute"/>) that the reply is a member of: written as itself it would not say which member it
    /// is, and who asked for the hierarchy could not read it. Else its own type.
    /// </summary>
    public static Type Of(object? reply) => reply is null ? typeof(object) : Shapes.GetOrAdd(reply.GetType(), HierarchyOf);

    private static Type HierarchyOf(Type type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (above.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Any(member => member.DerivedType == type))
                return above;
        }

        return type;
    }
}
