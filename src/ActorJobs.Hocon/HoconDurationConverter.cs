using System.ComponentModel;
using System.Globalization;

namespace ActorJobs.Hocon;

/// <summary>
/// Lets configuration bind a <see cref="TimeSpan"/> from every form that is documented: <c>10 seconds</c>, <c>PT10S</c>, <c>00:00:10</c>, and a
/// plain number, which is in seconds. Without it the platform knows the third form only, and takes a plain number for days.
/// </summary>
/// <remarks>
/// An application opts in once, before it binds options:
/// <c>TypeDescriptor.AddAttributes(typeof(TimeSpan), new TypeConverterAttribute(typeof(HoconDurationConverter)));</c>
/// </remarks>
public sealed class HoconDurationConverter : TimeSpanConverter
{
    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is no duration.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
    {
        if (value is not string text || text.Contains(':', StringComparison.Ordinal))
            return base.ConvertFrom(context, CultureInfo.InvariantCulture, value);
        return HoconDuration.TryParse(text, TimeSpan.FromSeconds(1), out var duration)
            ? duration
            : throw new FormatException($"'{text}' is no duration; write 10 seconds, PT10S or 00:00:10.");
    }
}
