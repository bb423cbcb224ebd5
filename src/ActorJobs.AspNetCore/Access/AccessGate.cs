using System.Security.Claims;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Decides who a request is from and whether it may go on. In this order: a user whom the host application authenticated and gave a role
/// <c>actorjobs-viewer</c>, <c>-operator</c> or <c>-admin</c>; an API key in <c>Authorization: Bearer</c> or <c>X-Api-Key</c>; a browser's log-in;
/// and, only while no keys are configured, anybody on this machine.
/// </summary>
internal sealed class AccessGate(KeyRing keys, KeySession sessions, FailedLogins failed)
{
    private static readonly (string Claim, AccessRole Role)[] HostRoles =
        [("actorjobs-admin", AccessRole.Admin), ("actorjobs-operator", AccessRole.Operator), ("actorjobs-viewer", AccessRole.Viewer)];

    /// <summary>The caller, or why the request is refused. Neither: an anonymous request to an endpoint for everybody.</summary>
    public (Caller? Caller, ApiProblem? Problem) Check(HttpContext context, AccessRequirement? requirement)
    {
        var request = context.Request;
        var presented = KeyIn(request.Headers);
        var caller = HostCaller(context.User);
        if (caller is null && presented is not null && keys.IsConfigured)
        {
            caller = keys.Find(presented);
            // where everybody is served no key is tried, and a health check with an old one must not be refused
            if (requirement is not { Role: null } && failed.Check(context.Connection.RemoteIpAddress, caller) is { } wait)
                return (null, Problems.TooManyFailures(wait));
        }

        // a log-in is encrypted and cannot be guessed, so it is not counted
        caller ??= presented is null ? sessions.Find(request) : null;
        if (caller is null && !keys.IsConfigured && LoopbackRule.Allows(context))
            caller = Caller.Local;
        // a key in a header is no ambient authority: no foreign page can make a browser send it
        if (presented is null && !IsSafe(request.Method) && IsCrossSite(request))
            return (null, Problems.Forbidden("cross-site", "The request comes from a page of another site."));
        if (requirement is { Role: null } && (keys.IsConfigured || caller is not null))
            return (caller, null);
        if (caller is null)
            return (null, Refusal(presented is not null));
        var needed = requirement?.Role ?? (IsSafe(request.Method) ? AccessRole.Viewer : AccessRole.Operator);
        return caller.Role >= needed
            ? (caller, null)
            : (caller, Problems.Forbidden("role", $"This needs the role {needed}; '{caller.Name}' has the role {caller.Role}."));
    }

    private ApiProblem Refusal(bool presented) => (keys.IsConfigured, presented) switch
    {
        (true, true) => Problems.Unauthorized("The API key is unknown or has expired."),
        (true, false) => Problems.Unauthorized("Send an API key as Authorization: Bearer or X-Api-Key."),
        _ => Problems.Forbidden("loopback-only", "Without configured keys (ActorJobs:Keys) only requests from this machine to a loopback address are served."),
    };

    private static Caller? HostCaller(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true } identity)
            return null;
        foreach (var (claim, role) in HostRoles)
        {
            if (user.IsInRole(claim))
                return new Caller(identity.Name ?? "unnamed", role);
        }

        return null;
    }

    private static string? KeyIn(IHeaderDictionary headers)
    {
        const string Scheme = "Bearer ";
        if (headers.Authorization.ToString() is { Length: > 0 } authorization && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return authorization[Scheme.Length..].Trim();
        return headers.TryGetValue("X-Api-Key", out var key) ? key.ToString() : null;
    }

    /// <summary>Whether the method only looks.</summary>
    internal static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>Browsers say so themselves: by <c>Sec-Fetch-Site</c>, the older ones by an <c>Origin</c> that is not the host asked.</summary>
    private static bool IsCrossSite(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site.ToString() is "cross-site" or "same-site")
            return true;
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
