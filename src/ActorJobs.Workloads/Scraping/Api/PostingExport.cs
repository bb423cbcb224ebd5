using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>Writes all postings that match as they are read, page by page: memory does not grow with their number.</summary>
internal sealed class PostingExport(ScrapingDatabase database, PostingQuery query, ExportFormat format) : IResult
{
    private const int PageSize = 500;

    private static readonly string[] Columns =
    [
        "id", "title", "company", "locations", "remote", "employmentTypes", "salaryMin", "salaryMax", "currency", "period", "postedOn", "validThrough", "language",
        "seniority", "skills", "enrichedBy", "applyUrl", "sourceUrl", "canonicalUrl", "firstSeen", "lastSeen", "closedAt", "notRead", "description",
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=postings.{(format == ExportFormat.Csv ? "csv" : "json")}";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var isFirst = true;
        await writer.WriteAsync(format == ExportFormat.Csv ? string.Join(',', Columns) + "\r\n" : "[");
        foreach (var stored in All(httpContext.RequestAborted))
        {
            await writer.WriteAsync(format == ExportFormat.Csv
                ? Row(stored)
                : (isFirst ? "\n" : ",\n") + JsonSerializer.Serialize(PostingItem.Of(stored), JobJson.Options));
            isFirst = false;
        }

        await writer.WriteAsync(format == ExportFormat.Csv ? "" : "\n]\n");
    }

    private IEnumerable<StoredPosting> All(CancellationToken cancellationToken)
    {
        PostingCursor? after = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = database.Search(query with { Limit = PageSize, After = after });
            foreach (var stored in page.Items)
                yield return stored;
            after = page.Next;
        }
        while (after is not null);
    }

    private static string Row(StoredPosting stored)
    {
        var posting = stored.Posting;
        object?[] cells =
        [
            stored.Id, posting.Title, posting.Company, string.Join("; ", posting.Locations), posting.Remote, string.Join("; ", posting.EmploymentTypes),
            posting.Salary?.Min, posting.Salary?.Max, posting.Salary?.Currency, posting.Salary?.Period, posting.PostedOn, posting.ValidThrough, posting.Language,
            posting.Enrichment?.Seniority, string.Join("; ", posting.Enrichment?.Skills ?? []), posting.Enrichment?.By, posting.ApplyUrl, posting.SourceUrl,
            posting.CanonicalUrl, stored.FirstSeen, stored.LastSeen, stored.ClosedAt, string.Join("; ", posting.Issues.Select(issue => $"{issue.Field}: {issue.Problem}")),
            posting.DescriptionText,
        ];
        return string.Join(',', cells.Select(Cell)) + "\r\n";
    }

    // what the guides against formula injection name, the wide forms that some spreadsheets take for the same included
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    // RFC 4180; a text that a spreadsheet would take for a formula is made text, since it comes from a stranger's page
    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Uri url => url.AbsoluteUri,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
        if (text.Length > 0 && FormulaStarts.Contains(text[0]) && value is string)
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>How postings are exported.</summary>
internal enum ExportFormat
{
    Json,
    Csv,
}
