using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorJobs;

/// <summary>
/// What errors of one cause have in common: the type, and the message without what differs from job to job (numbers, ids, quoted texts, addresses).
/// </summary>
/// <param name="Type">The error's type.</param>
/// <param name="Message">The message with <c>#</c> for numbers and <c>*</c> for names; at most 200 characters.</param>
public sealed partial record ErrorSignature(string Type, string Message)
{
    private const int MaxMessage = 200;
    private const int MaxRead = 2000; // what comes later is seldom what tells causes apart

    /// <summary>Eight hexadecimal digits to name the group by. The same on every node and in every version, unless the rules above change.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Type}\n{Message}")))[..8];

    /// <summary>The signature of an error.</summary>
    public static ErrorSignature Of(JobError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var text = error.Message.Length <= MaxRead ? error.Message : error.Message[..MaxRead];
        text = Space().Replace(text, " ").Trim();
        text = Address().Replace(text, "*");
        text = Quoted().Replace(text, "'*'");
        text = Identifier().Replace(text, "*");
        text = Number().Replace(text, "#");
        return new ErrorSignature(Space().Replace(error.Type, " "), text.Length <= MaxMessage ? text : text[..MaxMessage]);
    }

    /// <summary>Whether a text can be an <see cref="Id"/>.</summary>
    public static bool IsId(string text) => text is { Length: 8 } && text.All(char.IsAsciiHexDigitLower);

    // control characters too: a group is shown on one line of a terminal
    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Space();

    // URLs and mail addresses
    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^\s'""]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"'[^']{0,200}'|""[^""]{0,200}""")]
    private static partial Regex Quoted();

    // UUIDs, runs of 12 hexadecimal digits or more that hold a digit, and of 20 letters and digits that hold one (ULIDs, tokens)
    [GeneratedRegex(@"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[a-f]*\d)[0-9a-f]{12,}\b|\b(?=[a-z]*\d)[0-9a-z]{20,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*")]
    private static partial Regex Number();
}
