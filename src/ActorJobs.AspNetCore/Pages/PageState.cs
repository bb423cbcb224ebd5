using Microsoft.AspNetCore.Antiforgery;

namespace ActorJobs.AspNetCore;

/// <summary>
/// What a page knows about the request it is rendered for: who looks, what they may do, and how links are written. Inject it into components;
/// it is the same for a page and for the fragments that keep it live.
/// </summary>
public sealed class PageState
{
    private Site site = new("", []);
    private HttpContext? context;
    private string? formToken;

    /// <summary>Who looks, or null on pages for everybody.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>The path that was asked for, below the prefix.</summary>
    public string Path { get; private set; } = "/";

    /// <summary>The links of the navigation.</summary>
    public IReadOnlyList<NavigationLink> Navigation => site.Navigation;

    /// <summary>Whether the caller logged in with a key, and so can log out.</summary>
    public bool HasSession { get; private set; }

    /// <summary>A path as the browser has to ask for it: <paramref name="path"/> begins with a slash and is put under the front door's prefix.</summary>
    public string Url(string path) => $"{context?.Request.PathBase}{site.Prefix}{path}";

    /// <summary>Whether the caller has <paramref name="role"/> or more. Hide what would be refused.</summary>
    public bool May(AccessRole role) => Caller?.Role >= role;

    /// <summary>The token against forged forms. <c>ActionForm</c> writes it; it must be read before the answer begins.</summary>
    public string FormToken => formToken ??= MakeToken();

    /// <summary>After a form: shows <paramref name="path"/> with a new GET, so that loading the page again sends nothing twice.</summary>
    public IResult SeeOther(string path) => new SeeOtherResult(Url(path));

    internal void Begin(HttpContext context, Site site, Caller? caller)
    {
        (this.context, this.site, Caller) = (context, site, caller);
        Path = context.Request.Path.Value is { } path && path.StartsWith(site.Prefix, StringComparison.Ordinal) ? path[site.Prefix.Length..] : "/";
        HasSession = context.Request.Cookies.ContainsKey(KeySession.Cookie);
    }

    private string MakeToken() =>
        context?.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken ?? "";

    /// <summary>Status 303: whatever the method was, the next one is GET.</summary>
    private sealed class SeeOtherResult(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}
