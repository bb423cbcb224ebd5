using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore;

/// <summary>A problem as a page for people. Answer with it from pages of your own.</summary>
/// <param name="problem">What is wrong.</param>
public sealed class ProblemPageResult(ApiProblem problem) : IResult
{
    /// <summary>What is wrong.</summary>
    public ApiProblem Problem { get; } = problem;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        Problem.WriteRetryAfter(httpContext.Response);
        return new RazorComponentResult<Pages.ProblemPage>(new { Problem }) { StatusCode = Problem.Status }.ExecuteAsync(httpContext);
    }
}
