using System.Net;
using System.Text.RegularExpressions;

namespace ActorJobs.Server.Tests.Node;

/// <summary>A person with a browser, as far as logging in goes.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Logs in at a node with a key; the cookies of the session.</summary>
    public async Task<string> LogInAsync(Uri node, string key)
    {
        using var page = await http.GetAsync(new Uri(node, "login"));
        var token = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri(node, "login"))
        {
            Content = new FormUrlEncodedContent([new("key", key), new("__RequestVerificationToken", token)]),
        };
        login.Headers.Add("Cookie", CookiesOf(page));
        using var answer = await http.SendAsync(login);
        return CookiesOf(answer);
    }

    /// <summary>Asks for a page with those cookies.</summary>
    public async Task<HttpStatusCode> VisitAsync(Uri page, string cookies)
    {
        using var visit = new HttpRequestMessage(HttpMethod.Get, page);
        visit.Headers.Add("Cookie", cookies);
        using var answer = await http.SendAsync(visit);
        return answer.StatusCode;
    }

    public void Dispose() => http.Dispose();

    private static string CookiesOf(HttpResponseMessage response) =>
        string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
