using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Documents;

/// <summary>What can be wrong with a request, as RFC 9457 problems with a stable <c>code</c>.</summary>
internal static class DocumentProblems
{
    public static ProblemHttpResult NoIndex(string name) => Problem(404, "no-such-index", "Not found", $"There is no index '{name}'.");

    public static ProblemHttpResult Invalid(string code, string detail, string? field) => Problem(400, code, "Invalid request", detail, field);

    public static ProblemHttpResult Conflict(string code, string detail) => Problem(409, code, "Conflict", detail);

    public static ProblemHttpResult Later(HttpResponse response, int status, string code, string detail, TimeSpan retryAfter)
    {
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problem(status, code, "Try again later", detail);
    }

    private static ProblemHttpResult Problem(int status, string code, string title, string detail, string? field = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (field is not null)
            extensions["field"] = field;
        return TypedResults.Problem(detail, statusCode: status, title: title, extensions: extensions);
    }
}
