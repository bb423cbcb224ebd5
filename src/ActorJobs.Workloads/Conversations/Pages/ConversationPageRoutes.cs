namespace ActorJobs.Workloads.Conversations.Pages;
internal static class ConversationPageRoutes { public const string Path = "/conversations"; public static void MapConversationPages(this RouteGroupBuilder pages) { } public static void MapQuotePages(this RouteGroupBuilder pages) { } public static void MapPhone(this RouteGroupBuilder pages) { } }
