namespace ActorJobs.AspNetCore;

/// <summary>Shows problems of pages as pages, whoever mapped them: a person who mistypes an address should not read JSON.</summary>
internal static class PageProblems
{
    private const string Streams = "/_live/";

    public static void ShowProblemsAsPages(this RouteGroupBuilder pages) => pages.AddEndpointFilter(static async (invocation, next) =>
    {
        var result = await next(invocation);
        if (invocation.HttpContext.Request.Path.Value?.Contains(Streams, StringComparison.Ordinal) is true)
            return result;
        return result switch
        {
            ApiProblem problem => new ProblemPageResult(problem),
            INestedHttpResult { Result: ApiProblem problem } => new ProblemPageResult(problem),
            _ => result,
        };
    });
}
