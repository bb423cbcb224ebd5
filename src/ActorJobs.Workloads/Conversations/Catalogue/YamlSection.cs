using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ActorJobs.Workloads.Conversations;

/// <summary>A mapping in a YAML file, read key by key. What is wrong is noted with its line, and reading goes on, so that all problems are told at once.</summary>
internal sealed class YamlSection(YamlNode node, string path, List<CatalogueProblem> problems)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly YamlMappingNode? map = node as YamlMappingNode;

    public string Path => path;

    public IEnumerable<string> Keys => map?.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "") ?? [];

    /// <summary>Notes a problem at the section's own line, or at that of one of its keys.</summary>
    public void Problem(string message, string? key = null) =>
        problems.Add(new(Find(key)?.Start.Line ?? node.Start.Line, PathOf(key), message));

    /// <summary>Notes keys that nobody asked for.</summary>
    public void Close()
    {
        if (map is null)
            problems.Add(new(node.Start.Line, path, $"expected keys and values; known keys: {string.Join(", ", known)}."));
        foreach (var key in Keys.Where(key => !known.Contains(key)))
            Problem($"there is no such key. Known here: {string.Join(", ", known)}.", key);
    }

    public string Text(string key)
    {
        if (OptionalText(key) is { } text)
            return text;
        problems.Add(new(node.Start.Line, PathOf(key), "is missing."));
        return "";
    }

    public string? OptionalText(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is YamlScalarNode { Value.Length: > 0 and <= 500 } scalar)
            return scalar.Value;
        Problem("expected a text of at most 500 characters.", key);
        return null;
    }

    public decimal Number(string key, decimal least, decimal most) => OptionalNumber(key, least, most) ?? Missing(key, least);

    public decimal? OptionalNumber(string key, decimal least, decimal most)
    {
        if (OptionalText(key) is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Problem(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {least} to {most}, with a point for decimals."), key);
        return null;
    }

    public DateOnly? OptionalDay(string key)
    {
        if (OptionalText(key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Problem($"'{text}' is not a day; write it as 2027-12-31.", key);
        return null;
    }

    public bool Flag(string key)
    {
        var text = OptionalText(key);
        if (text is not (null or "true" or "false"))
            Problem($"'{text}' is neither true nor false.", key);
        return text == "true";
    }

    public TEnum Choice<TEnum>(string key, TEnum otherwise)
        where TEnum : struct, Enum
    {
        if (OptionalText(key) is not { } text)
            return otherwise;
        if (Enum.TryParse<TEnum>(text, ignoreCase: true, out var choice) && !char.IsAsciiDigit(text[0]))
            return choice;
        Problem($"'{text}' is not one of {string.Join(", ", Enum.GetNames<TEnum>()).ToLowerInvariant()}.", key);
        return otherwise;
    }

    public YamlSection? Section(string key) => Value(key) is { } value ? new YamlSection(value, PathOf(key), problems) : null;

    /// <summary>The items of a list as sections; none when the key is not there.</summary>
    public IReadOnlyList<YamlSection> Sections(string key) =>
        [.. Items(key).Select((item, index) => new YamlSection(item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{index}]"), problems))];

    /// <summary>The items of a list, or one item, as texts; none when the key is not there.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var item in Items(key))
        {
            if (item is YamlScalarNode { Value.Length: > 0 and <= 500 } scalar)
                texts.Add(scalar.Value);
            else
                problems.Add(new(item.Start.Line, PathOf(key), "expected texts of at most 500 characters."));
        }

        return texts;
    }

    private IEnumerable<YamlNode> Items(string key) => Value(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        var single => [single],
    };

    private YamlNode? Value(string key)
    {
        known.Add(key);
        return map is not null && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private YamlNode? Find(string? key) => key is null ? null : map?.Children.Keys.FirstOrDefault(candidate => candidate is YamlScalarNode scalar && scalar.Value == key);

    private decimal Missing(string key, decimal least)
    {
        if (Value(key) is null)
            problems.Add(new(node.Start.Line, PathOf(key), "is missing."));
        return least;
    }

    private string PathOf(string? key) => key is null ? path : path.Length == 0 ? key : $"{path}.{key}";
}
