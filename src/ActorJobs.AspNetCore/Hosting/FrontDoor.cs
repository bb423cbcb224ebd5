using System.Diagnostics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorJobs.AspNetCore;

/// <summary>
/// What stands before every endpoint of the front door, whatever maps it: headers, access, room for the body, forgery checks, and failures turned into problems.
/// Wrapped around the endpoints themselves, so that it needs no middleware in the host application and touches none of its other endpoints.
/// </summary>
internal sealed partial class FrontDoor(AccessGate gate, BodyBudget bodies, IAntiforgery antiforgery, ILogger<FrontDoor> logger)
{
    /// <summary>What routes take as far as routing is concerned; the OpenAPI document leaves it out.</summary>
    public const string AnyMediaType = "*/*";

    /// <summary>Wraps all endpoints of a group, those of nested groups too.</summary>
    public void Guard(IEndpointConventionBuilder group, Surface surface, Site site) => group.Finally(endpoint =>
    {
        if (endpoint.RequestDelegate is not { } inner)
            return;
        TakeAnyMediaType(endpoint);
        TakeHead(endpoint);
        var requirement = endpoint.Metadata.OfType<AccessRequirement>().LastOrDefault();
        // a webhook that proves its origin by a signature is no form
        var isForm = surface == Surface.Pages && endpoint.Metadata.OfType<IAntiforgeryMetadata>().LastOrDefault() is not { RequiresValidation: false };
        endpoint.RequestDelegate = context => InvokeAsync(context, inner, requirement, surface, isForm, site);
    });

    private async Task InvokeAsync(HttpContext context, RequestDelegate inner, AccessRequirement? requirement, Surface surface, bool isForm, Site site)
    {
        SecurityHeaders.Apply(context.Response.Headers, surface);
        var (caller, problem) = gate.Check(context, requirement);
        var page = context.RequestServices.GetRequiredService<PageState>();
        page.Begin(context, site, caller);
        var room = default(IDisposable);
        if (problem is null)
            (room, problem) = BodyAdmission.TryEnter(bodies, context, isKnown: caller is not null);
        using var claim = room; // until the answer is written
        if (problem is null && isForm && HttpMethods.IsPost(context.Request.Method) && !await antiforgery.IsRequestValidAsync(context))
            problem = Problems.Invalid("stale-form", "The form is too old or from elsewhere. Go back, load the page again and send it once more.");
        if (problem is not null)
        {
            await RefuseAsync(context, problem, surface, page);
            return;
        }

        if (caller is not null && !AccessGate.IsSafe(context.Request.Method))
            LogCommand(logger, caller.Name, caller.Role, context.Request.Method, context.Request.Path);
        try
        {
            await inner(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
                await RefuseAsync(context, Problems.Bare(context.Response.StatusCode), surface, page);
        }
        catch (NoRoomException) when (!context.Response.HasStarted)
        {
            await StartOverAsync(context, Problems.TooManyBodies(), surface, site, caller);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await StartOverAsync(context, Problems.Of(exception), surface, site, caller);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // nobody waits for the answer any more
        }
        catch (Exception exception) when (!context.Response.HasStarted && OutageIn(exception, context) is not null)
        {
            await StartOverAsync(context, OutageIn(exception, context)!, surface, site, caller);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            LogFailure(logger, exception, context.Request.Method, context.Request.Path, trace);
            await StartOverAsync(context, Problems.Unexpected(trace), surface, site, caller);
        }
    }

    /// <summary>Routing would refuse a wrong media type with a bare status; the endpoints, which read the body, say what is right.</summary>
    private static void TakeAnyMediaType(EndpointBuilder endpoint)
    {
        for (var place = 0; place < endpoint.Metadata.Count; place++)
        {
            if (endpoint.Metadata[place] is IAcceptsMetadata accepts && !accepts.ContentTypes.Contains(AnyMediaType))
                endpoint.Metadata[place] = new AcceptsMetadata([.. accepts.ContentTypes, AnyMediaType], accepts.RequestType, accepts.IsOptional);
        }
    }

    /// <summary>HEAD is answered as GET is, without the body (RFC 9110, section 9.3.2): the server leaves it out. Routing alone would not find the endpoint.</summary>
    private static void TakeHead(EndpointBuilder endpoint)
    {
        for (var place = 0; place < endpoint.Metadata.Count; place++)
        {
            if (endpoint.Metadata[place] is IHttpMethodMetadata methods && methods.HttpMethods.Contains(HttpMethods.Get) && !methods.HttpMethods.Contains(HttpMethods.Head))
                endpoint.Metadata[place] = new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head]);
        }
    }

    private static ApiProblem? OutageIn(Exception exception, HttpContext context) =>
        Problems.Of(exception, context.RequestServices.GetService<NodeStatus>());

    /// <summary>Drops what an endpoint wrote before it failed. In a scope of its own: a renderer that has failed once fails with every further page.</summary>
    private static async Task StartOverAsync(HttpContext context, ApiProblem problem, Surface surface, Site site, Caller? caller)
    {
        context.Response.Clear();
        SecurityHeaders.Apply(context.Response.Headers, surface);
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            var page = scope.ServiceProvider.GetRequiredService<PageState>();
            page.Begin(context, site, caller);
            await RefuseAsync(context, problem, surface, page);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    private static Task RefuseAsync(HttpContext context, ApiProblem problem, Surface surface, PageState page)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (surface == Surface.Api)
            return problem.ExecuteAsync(context);
        return problem.Status == StatusCodes.Status401Unauthorized && AccessGate.IsSafe(context.Request.Method)
            ? Results.Redirect(page.Url("/login") + QueryString.Create("next", context.Request.Path + context.Request.QueryString)).ExecuteAsync(context)
            : new ProblemPageResult(problem).ExecuteAsync(context);
    }

    [LoggerMessage(1, LogLevel.Debug, "{Caller} ({Role}) {Method} {Path}")]
    private static partial void LogCommand(ILogger logger, string caller, AccessRole role, string method, PathString path);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed (trace {Trace})")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, PathString path, string trace);
}
