using System.ComponentModel;
using System.Globalization;

namespace ActorJobs.Hosting.Settings;

/// <summary>Reads one value of configuration as the type of its property.</summary>
internal static class SettingText
{
    /// <summary>Whether a type is written as one text.</summary>
    public static bool IsText(Type type) => TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type).CanConvertFrom(typeof(string));

    /// <summary>The value, or null after adding what is wrong to <paramref name="problems"/>.</summary>
    public static object? Read(string path, string text, Type type, List<string> problems, bool isByteSize = false)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (isByteSize)
        {
            if (!ByteSizeText.TryParse(text, out var bytes))
                return Refuse("a size, for instance 512 MiB, 64K or a number of bytes");
            text = bytes.ToString(CultureInfo.InvariantCulture);
        }

        if (type == typeof(TimeSpan))
            return DurationText.TryParse(text, out var duration) ? duration : Refuse("a duration, for instance PT6S, 00:00:06 or 6 seconds");
        if (type.IsEnum)
            return Enum.TryParse(type, text, ignoreCase: true, out var word) && Enum.IsDefined(type, word) ? word : Refuse("one of " + string.Join(", ", Enum.GetNames(type)));
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        // number converters wrap what they find in an exception of their own
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return Refuse(WordFor(type));
        }

        object? Refuse(string expected)
        {
            problems.Add($"{path}: '{text}' is not {expected}.");
            return null;
        }
    }

    private static string WordFor(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(decimal) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(DateTimeOffset) => "an instant, for instance 2027-01-01T00:00:00Z",
        _ => $"a {type.Name}",
    };
}
