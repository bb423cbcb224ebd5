using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages;

/// <summary>A problem as a page for people.</summary>
internal sealed class ProblemPageResult(ApiProblem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        problem.WriteRetryAfter(httpContext.Response);
        return new RazorComponentResult<ProblemPage>(new { Problem = problem }) { StatusCode = problem.Status }.ExecuteAsync(httpContext);
    }
}
