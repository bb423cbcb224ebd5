using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages.Login;

/// <summary>Logging in with a key, and out.</summary>
internal static class LoginRoutes
{
    public static void MapLogin(this RouteGroupBuilder pages)
    {
        pages.MapGet("/login", Show).AllowEverybody();
        pages.MapPost("/login", LogInAsync).AllowEverybody();
        pages.MapPost("/logout", LogOut).AllowEverybody();
    }

    private static RazorComponentResult Show(string? next) => new(typeof(LoginPage), new { Next = next });

    private static async Task<IResult> LogInAsync(HttpContext context, KeyRing keys, KeySession sessions, FailedLogins failed, PageState page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (key, next) = (form["key"].ToString().Trim(), form["next"].ToString());
        var caller = keys.Find(key);
        if (failed.Check(context.Connection.RemoteIpAddress, caller) is { } wait)
            return Problems.TooManyFailures(wait);
        if (caller is null)
            return new RazorComponentResult<LoginPage>(new { Next = next, Refusal = "This key is unknown or has expired." }) { StatusCode = StatusCodes.Status401Unauthorized };
        sessions.Begin(context, key);
        return IsOwnPath(next) ? Results.Redirect(next) : page.SeeOther("/");
    }

    private static IResult LogOut(HttpContext context, PageState page)
    {
        KeySession.End(context);
        return page.SeeOther("/");
    }

    /// <summary>
    /// A path on this host: one slash, since two (or a slash and a backslash) begin the address of another. Browsers leave out tabs and line breaks, so
    /// that a slash, a tab and a slash are two slashes to them.
    /// </summary>
    private static bool IsOwnPath(string next) =>
        next.Length > 0 && next[0] == '/' && (next.Length == 1 || next[1] is not ('/' or '\\')) && !next.Any(char.IsControl);
}
