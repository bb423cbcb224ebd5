using Microsoft.AspNetCore.Routing.Template;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Answers for every address of the API that no route serves, so that a wrong path or method is refused in the same form as all else:
/// routing itself would answer with a bare status.
/// </summary>
internal static class UnservedAddresses
{
    public static void MapUnserved(this RouteGroupBuilder api, string root) => api
        .Map("/{**rest}", (HttpContext context, EndpointDataSource routes) => Refuse(context, routes, root))
        .WithOrder(int.MaxValue).ExcludeFromDescription();

    /// <summary>Answers below <c>/api</c> for versions that there are not: a program that asks there should not get a page.</summary>
    public static void MapUnservedVersions(this RouteGroupBuilder root, Site site) => root
        .Map("/api/{**rest}", (HttpContext context) => NoSuchAddress(context, site.Prefix))
        .WithOrder(int.MaxValue).ExcludeFromDescription();

    private static ApiProblem NoSuchAddress(HttpContext context, string prefix) =>
        Problems.NotFound($"There is no address {context.Request.Path} in this API. GET {prefix}/openapi/v1.json lists what there is.") with { Code = "no-such-address" };

    private static ApiProblem Refuse(HttpContext context, EndpointDataSource routes, string root)
    {
        var request = context.Request;
        string[] allowed = [.. routes.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith(root, StringComparison.Ordinal) is true && Matches(route, request.Path))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        // a route that serves the method and was not taken does not take what stands in the path, for instance a word for a number
        if (allowed.Length == 0 || allowed.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
            return NoSuchAddress(context, root[..^"/api/v1".Length]);
        context.Response.Headers.Allow = string.Join(", ", allowed);
        return Problems.MethodNotAllowed(request.Method, allowed);
    }

    private static bool Matches(RouteEndpoint route, PathString path) =>
        new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(path, []);
}
