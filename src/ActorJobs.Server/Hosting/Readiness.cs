using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.Server;

/// <summary>Says that the node accepts work, where, and how long it took from the start of the process.</summary>
internal static partial class Readiness
{
    public static void Announce(WebApplication app)
    {
        using var process = Process.GetCurrentProcess();
        var took = TimeProvider.System.GetLocalNow() - process.StartTime;
        var store = app.Services.GetRequiredService<NodeStatus>();
        Ready(
            app.Logger, string.Join(", ", app.Urls), Math.Round(took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), store.Name, store.Durability);
    }

    [LoggerMessage(LogLevel.Information, "Ready at {Urls} after {Milliseconds} ms (node {Node}, durability {Durability})")]
    private static partial void Ready(ILogger logger, string urls, string milliseconds, string node, string durability);
}
