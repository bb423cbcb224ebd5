using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Replaces escapes of half a character (<c>\ud83d</c> without the other half), as a text has them that was cut in the middle of an emoji. Such JSON is well-formed
/// (RFC 8259, 8.2), but its strings cannot be read.
/// </summary>
internal static partial class LoneSurrogates
{
    private const int EscapeLength = 6;

    public static string Replace(string json) => Escape().Replace(json, match => match.Length == EscapeLength ? "\\ufffd" : match.Value);

    // escapes are taken from left to right, so that the second half of an escaped backslash begins none; a pair is one match of twice the length
    [GeneratedRegex(@"\\(?:u[dD](?:[89abAB][0-9a-fA-F]{2}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|[c-fC-F][0-9a-fA-F]{2})|.)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escape();
}
