using System.Globalization;

namespace ActorJobs.AspNetCore;

/// <summary>Bulk actions in the words of the audit log.</summary>
internal static class BulkWords
{
    public static string Of(BulkRequest request, BulkPreview preview, bool isDryRun)
    {
        var filter = request.Filter;
        (string Name, string? Value)[] parts =
        [
            ("state", filter.State?.ToString()), ("queue", filter.Queue), ("kind", filter.Kind), ("tag", filter.Tag), ("tenant", filter.Tenant), ("signature", filter.Signature),
            ("limit", request.Limit?.ToString(CultureInfo.InvariantCulture)), ("sample", request.Sample?.ToString(CultureInfo.InvariantCulture)),
            ("per second", request.PerSecond?.ToString(CultureInfo.InvariantCulture)), ("edit", request.Edit?.ToString()),
        ];
        return $"{(isDryRun ? "dry run of " : "")}{request.Action.ToString().ToLowerInvariant()}, {Count(preview)}, "
            + string.Join(", ", parts.Where(part => part.Value is not null).Select(part => $"{part.Name} {part.Value}"));
    }

    public static string? Of(BulkUndoResult result, bool isDryRun) => result is BulkUndoResult.Possible possible
        ? $"{(isDryRun ? "dry run, " : possible.Submitted is SubmitResult.Accepted accepted ? $"job {accepted.Id}: " : "")}{Count(possible.Preview)}"
        : null;

    private static string Count(BulkPreview preview) =>
        string.Create(CultureInfo.InvariantCulture, $"{preview.Count}{(preview.IsLowerBound ? " or more" : "")} jobs");
}
