using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>What these routes refuse, in the words of the front door.</summary>
internal static class ScrapeProblems
{
    public const int MaxLimit = 1_000;

    public static ApiProblem Limit() => Problems.Invalid("invalid-limit", FormattableString.Invariant($"limit: between 1 and {MaxLimit}."), "limit");

    public static ApiProblem Cursor() => Problems.Invalid("invalid-cursor", "cursor: not one that this list gave.", "cursor");

    public static ApiProblem Format() => Problems.Invalid("invalid-format", "format: csv or json.", "format");

    public static ApiProblem NoSuchRun(string id) => Problems.NotFound($"There is no scrape '{id}'.");

    /// <summary>The user's runs under way are as many as may be.</summary>
    public static ApiProblem TooMany(string user, int most) => new(
        StatusCodes.Status429TooManyRequests, "too-many-scrapes", "Too many scrapes are under way",
        FormattableString.Invariant($"'{user}' has {most} scrapes under way; wait for one to end or cancel one."), RetryAfter: TimeSpan.FromSeconds(10));

    /// <summary>Why the job of a run was not taken.</summary>
    public static ApiProblem Of(SubmitResult result) => result switch
    {
        SubmitResult.Invalid invalid => Problems.Invalid(invalid.Problem.Code, invalid.Problem.Detail, invalid.Problem.Field),
        SubmitResult.Conflict conflict => Problems.Conflict("unique-key-held", $"The unique key '{conflict.Key}' is held by job {conflict.Holder}."),
        _ => Problems.Of(result)!,
    };
}
