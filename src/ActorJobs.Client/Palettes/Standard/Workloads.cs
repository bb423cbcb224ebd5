using static ActorJobs.Client.PaletteParts;

namespace ActorJobs.Client;

/// <content>Scraping, documents and conversations.</content>
public static partial class StandardPalettes
{
    private static PaletteParameter ScrapeId => InPath("id", "The scrape's id", "scrapes?limit=50:id");

    private static PaletteParameter IndexName => InPath("name", "The index's name", "indexes:name");

    private static PaletteParameter ConversationId => InPath("id", "The conversation's id", "conversations?limit=50:id");

    private static Palette Scrape => new("scrape", "Scrapes of careers pages",
    [
        Post("start", "scrapes", "Scrape companies", InBody("companies", "Addresses of careers pages", "list").Must(),
            InBody("enrich", "Add skills, seniority and language to postings", "boolean"), InBody("user", "For whom")),
        Get("list", "scrapes", "Scrapes, newest first", InQuery("user", "Only of this user"), Limit, Cursor)
            .Showing("id", "user", "state", "chainProgress", "companiesCompleted", "companiesFailed", "companiesFound", "postingsAdded", "createdAt"),
        Get("show", "scrapes/{id}", "One scrape, company by company", ScrapeId),
        Get("watch", "scrapes/{id}/watch", "Follow a scrape to its end", ScrapeId),
        Post("cancel", "scrapes/{id}/cancel", "Stop a scrape", ScrapeId),
        Delete("clear", "scrapes/{id}", "Forget a scrape that has ended", ScrapeId),
    ]);

    private static Palette Posting => new("posting", "Job postings that were found",
    [
        Get("search", "postings", "Search the postings", InQuery("q", "Words"), InQuery("company", "Only of this company"),
            InQuery("remote", "Only remote, or only not", "boolean"), InQuery("language", "Only in this language, for instance en"), Limit, Cursor)
            .Showing("id", "posting.title", "posting.company", "posting.locations", "posting.remote", "firstSeen"),
        Get("show", "postings/{id}", "One posting", InPath("id", "The posting's number")),
    ]);

    private static Palette Index => new("index", "Document indexes",
    [
        Get("list", "indexes", "All indexes").Showing("name", "source", "embedder", "served.version", "served.documents", "served.builtAt"),
        Get("show", "indexes/{name}", "One index", IndexName),
        Put("define", "indexes/{name}", "Create or change an index", IndexName,
            InBody("source", "dotnet, or the name of a configured folder").Must(), InBody("embedder", "builtin, or the key of an embedding generator")),
        Post("rebuild", "indexes/{name}/rebuild", "Build a new version and swap it in", IndexName),
        Post("rollback", "indexes/{name}/rollback", "Serve the version before", IndexName).Asking(),
        Get("search", "indexes/{name}/search", "Search an index", IndexName, InQuery("q", "What to look for").Must(),
            InQuery("k", "How many, 1 to 100", "integer"), InQuery("mode", "How").OneOf("hybrid", "vector", "text")),
    ]);

    private static Palette Conversation => new("conversation", "Conversations with people",
    [
        Get("list", "conversations", "Conversations, the latest first", InQuery("state", "Only those in this state"), InQuery("q", "Words"), Limit, Cursor)
            .Showing("id", "name", "state", "operator", "quote", "total", "currency", "unsent", "updatedAt"),
        Get("show", "conversations/{id}", "One conversation", ConversationId),
        Get("events", "conversations/{id}/events", "A conversation's history", ConversationId, InQuery("after", "Only after this version", "integer")),
        Post("send", "conversations/{id}/messages", "Send a message", ConversationId, InBody("text", "What to say").Must()),
        Post("takeover", "conversations/{id}/takeover", "Answer yourself from now on", ConversationId),
        Post("handback", "conversations/{id}/handback", "Let the system answer again", ConversationId),
        Post("conclude", "conversations/{id}/conclude", "End a conversation", ConversationId, InBody("accepted", "Whether the quote was accepted", "boolean").Must()),
    ]);
}
