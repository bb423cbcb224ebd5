using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ActorJobs.AspNetCore;

/// <summary>
/// A browser's log-in: a cookie with the hash of the key, encrypted and good for 12 hours. The key is looked up again at every request, so taking it
/// out of the configuration ends its sessions.
/// </summary>
internal sealed class KeySession(IDataProtectionProvider protection, KeyRing keys)
{
    public const string Cookie = "actorjobs-session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("ActorJobs.KeySession.v1").ToTimeLimitedDataProtector();

    public Caller? Find(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Cookie, out var value) || value.Length > 2048)
            return null;
        try
        {
            return keys.FindByHash(Convert.FromHexString(protector.Unprotect(value)));
        }
        catch (CryptographicException)
        {
            // too old, from another installation, or forged
            return null;
        }
    }

    public void Begin(HttpContext context, string key) =>
        context.Response.Cookies.Append(Cookie, protector.Protect(Convert.ToHexString(KeyRing.HashOf(key)), Lifetime), Options(context, Lifetime));

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
