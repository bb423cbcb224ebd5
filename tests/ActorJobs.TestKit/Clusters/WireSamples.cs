using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace ActorJobs.TestKit.Clusters;

/// <summary>
/// Values of any message type in which every member says something: no default value that a serialiser leaves out, and of closed hierarchies and
/// enumerations each member once. The same each time.
/// </summary>
public sealed class WireSamples
{
    private readonly Stack<Type> open = new();
    private int turn;
    private int turns = 1;

    /// <summary>So many samples of a type that every variant within it comes up.</summary>
    public static IReadOnlyList<object> Of(Type type)
    {
        var samples = new WireSamples();
        var all = new List<object>();
        for (; samples.turn < samples.turns; samples.turn++)
            all.Add(samples.Make(type)!);
        return all;
    }

    private object? Make(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? Make(underlying)
        : type.IsEnum ? Pick(Enum.GetValues(type).Cast<object>().ToArray())
        : Simple(type) ?? Collection(type) ?? Composite(type);

    private static object? Simple(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "text",
        TypeCode.Boolean => true,
        TypeCode.Int32 => 7,
        TypeCode.Int64 => 7_000_000_000L,
        TypeCode.UInt64 => 7_000_000_000UL,
        TypeCode.Double => 0.25,
        TypeCode.Single => 0.25f,
        TypeCode.Decimal => 12.50m,
        TypeCode.Byte => (byte)7,
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
        _ when type == typeof(DateOnly) => new DateOnly(2030, 1, 2),
        _ when type == typeof(TimeOnly) => new TimeOnly(3, 4, 5),
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(90),
        _ when type == typeof(Guid) => new Guid("0190c5c4-0000-7000-8000-000000000001"),
        _ when type == typeof(Uri) => new Uri("https://example.org/a"),
        _ when type == typeof(JsonElement) => JsonSerializer.SerializeToElement(new { a = 1 }),
        _ when type == typeof(RawJson) => RawJson.Parse("{\"a\":1}"),
        _ when type == typeof(JobId) => new JobId("job-1"),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([1, 2, 3]),
        _ => null,
    };

    private object? Collection(Type type)
    {
        if (type.IsArray)
            return ArrayOf(type.GetElementType()!);
        if (!type.IsGenericType || !type.IsAssignableTo(typeof(IEnumerable)))
            return null;
        var arguments = type.GetGenericArguments();
        if (arguments is [var key, var value])
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value))!;
            if (Make(value) is { } made)
                map.Add(Make(key)!, made);
            return As(type, map);
        }

        var set = typeof(HashSet<>).MakeGenericType(arguments);
        return As(type, type.IsAssignableFrom(set) && !type.IsAssignableFrom(arguments[0].MakeArrayType()) ? Activator.CreateInstance(set, ArrayOf(arguments[0]))! : ArrayOf(arguments[0]));
    }

    // a list, or another collection that is made from one
    private static object As(Type type, object items) => type.IsInstanceOfType(items) ? items : Activator.CreateInstance(type, items)!;

    private Array ArrayOf(Type element)
    {
        var made = Make(element);
        var array = Array.CreateInstance(element, made is null ? 0 : 1);
        if (made is not null)
            array.SetValue(made, 0);
        return array;
    }

    private object? Composite(Type type)
    {
        if (type.IsAbstract || type.IsInterface)
        {
            var variants = type.Assembly.GetTypes().Where(other => other is { IsAbstract: false } && other.IsAssignableTo(type)).OrderBy(other => other.Name, StringComparer.Ordinal).ToArray<object>();
            return variants.Length == 0 ? throw new NotSupportedException($"There is no sample of {type}.") : Make((Type)Pick(variants));
        }

        if (open.Contains(type))
            return null; // a tree ends here
        open.Push(type);
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(one => one.GetParameters() is not [var only] || only.ParameterType != type).MaxBy(one => one.GetParameters().Length);
        var parameters = constructor?.GetParameters() ?? [];
        var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. parameters.Select(parameter => Make(parameter.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                && parameters.All(parameter => !string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))))
            property.SetValue(made, Make(property.PropertyType));
        open.Pop();
        return made;
    }

    private object Pick(object[] variants)
    {
        turns = Math.Max(turns, variants.Length);
        return variants[turn % variants.Length];
    }
}
