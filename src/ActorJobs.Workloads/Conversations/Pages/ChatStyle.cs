using System.Security.Cryptography;
using ActorJobs.AspNetCore;
using Microsoft.Net.Http.Headers;

namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>The style of chats and quotes, beside that of all pages. Its address holds the hash of its content, so browsers may keep it.</summary>
internal static class ChatStyle
{
    private static readonly byte[] Content = Read();

    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content))[..12];

    public static string Path { get; } = $"/_conversations/chat.{Hash}.css";

    public static void Map(RouteGroupBuilder pages) => pages.MapGet(Path, (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Content, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Hash}\""));
    }).AllowEverybody();

    private static byte[] Read()
    {
        using var stream = typeof(ChatStyle).Assembly.GetManifestResourceStream("conversations/chat.css")
            ?? throw new InvalidOperationException("The assembly lacks its style of chats.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
