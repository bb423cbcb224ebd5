namespace ActorJobs.AspNetCore;

/// <summary>A problem as a page for people.</summary>
internal sealed class ProblemPageResult(ApiProblem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => problem.ExecuteAsync(httpContext);
}
