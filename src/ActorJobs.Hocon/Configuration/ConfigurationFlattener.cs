using System.Globalization;
using ActorJobs.Hocon.Resolution;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hocon.Configuration;

/// <summary>Lays a tree out as configuration's flat keys: <c>ActorJobs:Pools:default:Size</c>. Where two keys become one, the later wins.</summary>
internal sealed class ConfigurationFlattener(ConfigurationKeys keys)
{
    private readonly FlatConfiguration _flat = FlatConfiguration.Empty();

    public static FlatConfiguration Flatten(HoconObject root, ConfigurationKeys keys)
    {
        var flattener = new ConfigurationFlattener(keys);
        foreach (var (key, value) in root.Fields)
            flattener.Add(keys.Below(null, key), value);
        return flattener._flat;
    }

    private void Add(string key, HoconValue value)
    {
        switch (value)
        {
            case HoconScalar scalar:
                Set(key, scalar.Text, value);
                break;
            case HoconObject { Fields.Count: 0 }:
                // As the JSON source has it: an empty section is a key without a value, an empty list is an empty value.
                Set(key, null, value);
                break;
            case HoconArray { Elements.Count: 0 }:
                Set(key, "", value);
                break;
            case HoconObject { Fields: var fields }:
                foreach (var (name, field) in fields)
                    Add(keys.Below(key, name), field);
                break;
            case HoconArray { Elements: var elements }:
                for (var index = 0; index < elements.Count; index++)
                    Add(ConfigurationPath.Combine(key, index.ToString(CultureInfo.InvariantCulture)), elements[index]);
                break;
        }
    }

    private void Set(string key, string? text, HoconValue value) => (_flat.Values[key], _flat.Places[key]) = (text, value.Position);
}

/// <summary>Flat keys with what they are set to and where.</summary>
/// <param name="Values">The values by key.</param>
/// <param name="Places">Where each was written.</param>
internal sealed record FlatConfiguration(Dictionary<string, string?> Values, Dictionary<string, HoconPosition> Places)
{
    public static FlatConfiguration Empty() => new(new(StringComparer.OrdinalIgnoreCase), new(StringComparer.OrdinalIgnoreCase));
}
