using System.Globalization;

namespace ActorJobs.Workloads.Documents.Pages;

/// <summary>Sizes and scores as people read them.</summary>
internal static class Figures
{
    /// <summary>Three digits that matter.</summary>
    public static string Number(double number) => number.ToString("G3", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e3):0} KB"),
    };
}
