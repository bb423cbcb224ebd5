using System.Globalization;
using ActorJobs.Hocon.Resolution;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hocon.Configuration;

/// <summary>Lays a tree out as configuration's flat keys: <c>ActorJobs:Pools:default:Size</c>. Where two keys become one, the later wins.</summary>
internal sealed class ConfigurationFlattener(ConfigurationKeys keys)
{
    private readonly Dictionary<string, string?> _flat = new(StringComparer.OrdinalIgnoreCase);

    public static Dictionary<string, string?> Flatten(HoconObject root, ConfigurationKeys keys)
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
                _flat[key] = scalar.Text;
                break;
            case HoconObject { Fields.Count: 0 }:
                // As the JSON source has it: an empty section is a key without a value, an empty list is an empty value.
                _flat[key] = null;
                break;
            case HoconArray { Elements.Count: 0 }:
                _flat[key] = "";
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
}
