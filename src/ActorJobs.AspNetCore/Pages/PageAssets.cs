using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ActorJobs.AspNetCore;

/// <summary>
/// The pages' style, script and icon, carried inside the assembly so that they come with the package. Their addresses hold the hash of their
/// content: a browser may keep them for a year, and a new version has a new address.
/// </summary>
internal sealed class PageAssets
{
    private const string Root = "/_actorjobs/";

    private static readonly Asset[] All =
    [
        new("style.css", "text/css; charset=utf-8"), new("live.js", "text/javascript; charset=utf-8"), new("icon.svg", "image/svg+xml"),
    ];

    public static string Style => All[0].Path;

    public static string Script => All[1].Path;

    public static string Icon => All[2].Path;

    public static void Map(RouteGroupBuilder pages)
    {
        foreach (var asset in All)
            pages.MapGet(asset.Path, (HttpContext context) => Send(asset, context)).AllowEverybody();
        // where browsers look on pages that name none, like a customer's quote
        pages.MapGet("/favicon.ico", (PageState page) => page.SeeOther(Icon)).AllowEverybody();
    }

    private static IResult Send(Asset asset, HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.MediaType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }

    private sealed class Asset
    {
        public Asset(string name, string mediaType)
        {
            using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"ActorJobs.AspNetCore.Assets.{name}")
                ?? throw new InvalidOperationException($"The assembly lacks {name}.");
            Content = new byte[stream.Length];
            stream.ReadExactly(Content);
            Hash = Convert.ToHexStringLower(SHA256.HashData(Content))[..12];
            MediaType = mediaType;
            Path = Root + name.Insert(name.LastIndexOf('.'), "." + Hash);
        }

        public string Path { get; }

        public string MediaType { get; }

        public string Hash { get; }

        public byte[] Content { get; }
    }
}
