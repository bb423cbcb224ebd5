using System.Globalization;
using System.Text.Json;

namespace ActorJobs.AspNetCore.Pages.DeadLetters;

/// <summary>What was typed into the form that retries a group.</summary>
public sealed record RetryDraft(string? Limit, string? PerSecond, string? Edit, string? Reason)
{
    private const int MaxEdit = 1 << 16;

    /// <summary>A form in which nothing was typed.</summary>
    public static RetryDraft Empty { get; } = new(null, null, null, null);

    internal static RetryDraft Of(IFormCollection form) => new(Clean(form["limit"]), Clean(form["perSecond"]), Clean(form["edit"]), Clean(form["reason"]));

    /// <summary>The request, or what is wrong with it.</summary>
    internal (BulkRequest Request, string? Problem) Read(JobFilter filter)
    {
        var request = new BulkRequest(BulkVerb.Retry, filter, Reason);
        if (Limit is not null)
        {
            if (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
                return (request, "How many is a whole number.");
            request = request with { Limit = limit };
        }

        if (PerSecond is not null)
        {
            if (!double.TryParse(PerSecond, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate))
                return (request, "The rate is a number of jobs per second.");
            request = request with { PerSecond = rate };
        }

        var (edit, problem) = ReadEdit();
        request = request with { Edit = edit };
        return (request, problem ?? request.Problem()?.Rule);
    }

    private (RawJson? Edit, string? Problem) ReadEdit()
    {
        if (Edit is null)
            return (null, null);
        if (Edit.Length > MaxEdit)
            return (null, "The edit is over 64 KB.");
        try
        {
            using var document = JsonDocument.Parse(Edit, new JsonDocumentOptions { MaxDepth = BodyReader.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (RawJson.From(document.RootElement), null)
                : (null, "The edit is a JSON object: its members replace those of the arguments, null removes one.");
        }
        catch (JsonException exception)
        {
            return (null, $"The edit is no JSON: line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}.");
        }
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
