using System.Globalization;
using System.Security.Cryptography;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ActorJobs.Workloads.Scraping.Samples;

/// <summary>
/// A small careers site that the node serves itself, to try a scrape without reaching for the internet: JSON-LD, microdata and plain postings, pagination,
/// a forbidden path and a broken page.
/// </summary>
internal static class SampleSite
{
    private const string Robots = "# for the sample site only\nUser-agent: *\nDisallow: /samples/*/private/\n";

    private static readonly Dictionary<string, SampleFile> Files = typeof(SampleSite).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("samples/", StringComparison.Ordinal))
        .ToDictionary(name => name.Replace('\\', '/')["samples/".Length..], SampleFile.Load, StringComparer.Ordinal);

    public static void MapSampleSite(this RouteGroupBuilder pages)
    {
        // robots.txt belongs to the host's root (RFC 9309, 2.3), wherever the pages are
        pages.MapGet("/robots.txt", () => TypedResults.Text(Robots, "text/plain")).ExcludeFromDescription().AllowEverybody();
        pages.MapGet("/samples/{**path}", Serve).ExcludeFromDescription().AllowEverybody();
    }

    private static Results<FileContentHttpResult, RedirectHttpResult, NotFound> Serve(HttpRequest request, string? path = null, int page = 1)
    {
        var name = (path ?? "").TrimEnd('/');
        var suffix = page > 1 ? string.Create(CultureInfo.InvariantCulture, $".page-{page}.html") : ".html";
        if (Files.TryGetValue(name + suffix, out var file))
            return Page(file);
        if (!Files.TryGetValue($"{name}/index{suffix}".TrimStart('/'), out file))
            return TypedResults.NotFound();
        // a folder's address ends in a slash, as web servers have it: its page's relative links count from there
        return request.Path.Value!.EndsWith('/') ? Page(file) : TypedResults.Redirect(request.PathBase + request.Path + "/" + request.QueryString);
    }

    private static FileContentHttpResult Page(SampleFile file) => TypedResults.Bytes(file.Bytes, "text/html; charset=utf-8", entityTag: file.Tag);

    private sealed record SampleFile(byte[] Bytes, EntityTagHeaderValue Tag)
    {
        public static SampleFile Load(string resource)
        {
            using var stream = typeof(SampleSite).Assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            var bytes = content.ToArray();
            return new SampleFile(bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
        }
    }
}
