using System.Text;
using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>
/// The fields one JSON object may have: the members of an enumeration in camel case, numbered from 0, found by their UTF-8 names without making strings.
/// </summary>
internal sealed class FieldSet<TField>
    where TField : struct, Enum
{
    private readonly TField[] fields = Enum.GetValues<TField>();
    private readonly string[] names = [.. Enum.GetNames<TField>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
    private readonly byte[][] utf8;

    private FieldSet() => utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public static FieldSet<TField> Instance { get; } = new();

    /// <summary>The names, for people.</summary>
    public string Allowed => string.Join(", ", names);

    public string NameOf(int index) => names[index];

    public TField FieldAt(int index) => fields[index];

    /// <summary>Which field the reader's property name is, or -1.</summary>
    public int IndexOf(in Utf8JsonReader reader)
    {
        for (var index = 0; index < utf8.Length; index++)
        {
            if (reader.ValueTextEquals(utf8[index]))
                return index;
        }

        return -1;
    }
}
