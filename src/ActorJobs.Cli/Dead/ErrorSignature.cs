using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorJobs.Cli;

/// <summary>
/// What errors of one cause have in common: the type, and the message without what differs from job to job (numbers, ids, quoted names, addresses).
/// </summary>
/// <param name="Type">The error's type.</param>
/// <param name="Message">The message with <c>#</c> for numbers and <c>*</c> for names.</param>
internal sealed partial record ErrorSignature(string Type, string Message)
{
    private const int MaxMessage = 200;

    /// <summary>Eight hexadecimal digits to name the group by.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Type}\n{Message}")))[..8];

    public static ErrorSignature Of(string? type, string? message)
    {
        var text = SafeText.Line(message ?? "");
        text = Address().Replace(text, "*");
        text = Quoted().Replace(text, "'*'");
        text = Identifier().Replace(text, "*");
        text = Number().Replace(text, "#");
        return new ErrorSignature(SafeText.Line(type ?? "unknown"), text.Length <= MaxMessage ? text : text[..MaxMessage]);
    }

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^\s'""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"'[^']{0,200}'|""[^""]{0,200}""")]
    private static partial Regex Quoted();

    // UUIDs, and runs of 12 hexadecimal digits or more that hold a digit
    [GeneratedRegex(@"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[a-f]*\d)[0-9a-f]{12,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*")]
    private static partial Regex Number();
}
