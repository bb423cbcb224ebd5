using System.Net;

namespace ActorJobs.Server.Tests.Node;

public sealed class LostAddressTests
{
    [Theory]
    [InlineData("/job/123", "text/html")]
    [InlineData("/postings/99999999999999999999", "text/html")]
    [InlineData("/api/v1/job/123", "application/problem+json")]
    public async Task A_mistyped_address_is_answered_in_the_form_of_its_reader(string path, string mediaType)
    {
        await using var app = NodeApplication.Build(["--ActorJobs:Store=memory", "--urls=http://127.0.0.1:0"]);
        await app.StartNodeAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var response = await http.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, mediaType), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains(path, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await app.StopAsync();
    }
}
