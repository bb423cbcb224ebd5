using System.Globalization;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.AspNetCore;

/// <summary>Where a page of the audit log ended: the last entry's instant and id.</summary>
internal static class AuditCursor
{
    public static string Format(StoredEntry last) => string.Create(CultureInfo.InvariantCulture, $"{last.Sort}.{last.Key.Id}");

    /// <summary>Throws <see cref="FormatException"/> for what is none.</summary>
    public static IndexPosition? Parse(string? text)
    {
        if (text is null)
            return null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var sort)
            && Guid.TryParseExact(text.AsSpan(dot + 1), "D", out _)
                ? new IndexPosition(sort, new EntityKey(AuditDecider.Kind, text[(dot + 1)..]))
                : throw new FormatException($"'{text}' is no cursor of the audit log.");
    }
}
