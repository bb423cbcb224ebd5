namespace ActorJobs.AspNetCore;

/// <summary>What every answer tells a browser about how far to trust it.</summary>
internal static class SecurityHeaders
{
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static void Apply(IHeaderDictionary headers, Surface surface)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = surface == Surface.Pages ? PagePolicy : ApiPolicy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        // with no-cache as well: anti-forgery wants both, and logs a warning at every page where one is missing
        headers.CacheControl = "no-cache, no-store";
    }
}
