using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>The boards the crawler knows: which feed a link stands for, and what a feed says.</summary>
internal sealed class BoardCatalog
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 32 };
    private readonly IReadOnlyList<(IJobBoard Board, Uri Api)> boards;

    public BoardCatalog(ScrapingOptions options) =>
        boards = [.. new IJobBoard[] { new Greenhouse(), new Lever(), new Ashby(), new Workable(), new SmartRecruiters() }
            .Select(board => (board, options.Boards.TryGetValue(board.Name, out var api) ? api : board.Api))];

    /// <summary>The feed of the board a public link leads to; null when it leads to none.</summary>
    public Uri? FeedOf(Uri link)
    {
        // a feed itself is what it is, not a link to one
        if (IsFeed(link))
            return link;
        foreach (var (board, api) in boards)
        {
            if (board.AccountOf(link) is { } account)
                return board.Feed(api, account);
        }

        return null;
    }

    public bool IsFeed(Uri url) => Find(url) is not null;

    /// <summary>Reads a feed's answer; what is no JSON is an issue of the page.</summary>
    public (ParsedPage Page, IReadOnlyList<Uri> More) Read(string text, Uri url)
    {
        if (Find(url) is not { } found)
            return (new ParsedPage([], []), []);
        try
        {
            using var answer = JsonDocument.Parse(LoneSurrogates.Replace(text), Bounded);
            var page = found.Board.Read(answer.RootElement, new BoardSource(found.Api, url, found.Account));
            var (postings, issues) = PostingDraft.BuildAll(page.Postings);
            return (new ParsedPage(postings, issues), page.More);
        }
        catch (JsonException exception)
        {
            return (new ParsedPage([], [new FieldIssue("feed", $"{found.Board.Name}'s answer is no JSON: {exception.Message}")]), []);
        }
    }

    private (IJobBoard Board, Uri Api, string Account)? Find(Uri url)
    {
        foreach (var (board, api) in boards)
        {
            // by the shape of the feed's address: the account stands where a placeholder would
            var marker = board.Feed(api, "x").AbsolutePath.Split("/x", 2);
            if (url.Authority != api.Authority || !url.AbsolutePath.StartsWith(marker[0] + "/", StringComparison.Ordinal))
                continue;
            var account = url.AbsolutePath[(marker[0].Length + 1)..].Split('/')[0];
            if (account.Length > 0 && url.AbsolutePath.StartsWith($"{marker[0]}/{account}{marker[1]}", StringComparison.Ordinal))
                return (board, api, Uri.UnescapeDataString(account));
        }

        return null;
    }
}
