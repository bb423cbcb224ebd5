using System.Globalization;
using System.Text;

namespace ActorJobs.Workloads.Scraping.Robots;

/// <summary>Brings paths and patterns to one spelling before they are compared (RFC 9309, 2.2.2 with RFC 3986, 6.2.2).</summary>
internal static class RobotsPath
{
    /// <summary>
    /// Escapes octets outside of US-ASCII, unescapes unreserved characters, writes the remaining escapes in upper case. Reserved characters keep
    /// the form they have: <c>/a%2Fb</c> is not <c>/a/b</c>. Only <c>*</c> and <c>$</c> are escaped, because a pattern can name them in no other way (2.2.3).
    /// </summary>
    public static string Normalise(string path)
    {
        var result = new StringBuilder(path.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && TryReadOctet(path, i, out var octet))
            {
                if (IsUnreserved((char)octet))
                    result.Append((char)octet);
                else
                    AppendEscaped(result, octet);
                i += 2;
            }
            else if (path[i] is '*' or '$')
            {
                AppendEscaped(result, (byte)path[i]);
            }
            else if (path[i] < 0x80)
            {
                result.Append(path[i]);
            }
            else
            {
                Rune.DecodeFromUtf16(path.AsSpan(i), out var rune, out var consumed);
                foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)])
                    AppendEscaped(result, unit);
                i += consumed - 1;
            }
        }

        return result.ToString();
    }

    private static bool TryReadOctet(string path, int index, out byte octet)
    {
        octet = 0;
        return index + 2 < path.Length
            && byte.TryParse(path.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet);
    }

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';

    private static void AppendEscaped(StringBuilder result, byte octet) => result.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
}
