using Spectre.Console;

namespace ActorJobs.Cli;

/// <summary>Colours of words that say how something is. They repeat what the word says, so nothing is lost without them.</summary>
internal static class StateColors
{
    public static Style Of(string word) => word switch
    {
        "Completed" or "Up" or "ok" => new Style(Color.Green),
        "Running" or "Available" => new Style(Color.Blue),
        "Retryable" or "Scheduled" or "Waiting" or "warning" or "Warning" or "Leaving" => new Style(Color.Yellow),
        "Discarded" or "Failed" or "failed" or "Expired" or "Error" or "Critical" or "StoreAway" => new Style(Color.Red),
        "Cancelled" or "Debug" or "Trace" => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
