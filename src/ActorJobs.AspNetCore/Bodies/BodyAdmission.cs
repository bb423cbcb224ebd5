using Microsoft.AspNetCore.Http.Features;

namespace ActorJobs.AspNetCore;

/// <summary>Puts the bodies of requests under the node's <see cref="BodyBudget"/>, before anything of them is read.</summary>
internal static class BodyAdmission
{
    /// <summary>Room for the request's body until its answer is written. Neither: it has no body. A problem: there is no room.</summary>
    /// <param name="budget">The node's.</param>
    /// <param name="context">The request.</param>
    /// <param name="isKnown">
    /// Whether the sender has said who it is. The length that a stranger declares is not believed: it would keep others out at no cost of its own.
    /// </param>
    public static (IDisposable? Claim, ApiProblem? Problem) TryEnter(BodyBudget budget, HttpContext context, bool isKnown)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
            return default;
        var declared = isKnown ? context.Request.ContentLength : null;
        if (budget.TryTake(Math.Min(declared ?? 0, BodyBudget.Largest)) is not { } claim)
            return (null, Refuse(context));
        if (declared is null)
            context.Request.Body = new CountedBody(context.Request.Body, claim);
        return (claim, null);
    }

    private static ApiProblem Refuse(HttpContext context)
    {
        // with a limit of its own the server would cut the line of a client that still sends and so never hears why
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = null;
        return Problems.TooManyBodies();
    }
}
