using System.Text;
using System.Text.Json;

namespace ActorJobs.AspNetCore;

/// <summary>Says why a body is no JSON (RFC 8259), where, and what stands there.</summary>
internal static class MalformedJson
{
    private const int MaxWord = 20;

    /// <summary>The problem of a body of which reading failed.</summary>
    public static ApiProblem ProblemOf(Exception exception, ReadOnlySpan<byte> body)
    {
        if (exception is not JsonException { LineNumber: { } line, BytePositionInLine: { } position })
            return Problems.MalformedJson("The body has text with half of a surrogate pair.");
        var offset = OffsetOf(body, line, position);
        return Problems.MalformedJson($"The body is no JSON: {WhatStands(body, offset)} in line {line + 1} at byte {position + 1}.");
    }

    private static string WhatStands(ReadOnlySpan<byte> body, int offset)
    {
        var before = body[..offset].TrimEnd(" \t\r\n"u8);
        var rest = body[offset..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty)
            return before.IsEmpty ? "it is empty" : "it breaks off";
        if (IsWhole(before))
            return "after its value something follows";
        return (char)rest[0] switch
        {
            '/' or '#' => "a comment stands, which JSON does not have,",
            '}' or ']' when before is [.., (byte)','] => "a comma stands before the closing bracket",
            '\'' => "a single quote stands, where JSON has double ones,",
            _ when rest[0] < 0x20 => "a control character stands, which has to be escaped,",
            _ => $"'{WordAt(rest)}' does not belong",
        };
    }

    /// <summary>Whether what was read so far is a value of its own.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> read)
    {
        try
        {
            var reader = new Utf8JsonReader(read);
            while (reader.Read())
            {
                // only whether it ends well matters
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // the letters and digits that stand together, or one character
    private static string WordAt(ReadOnlySpan<byte> rest)
    {
        var length = 0;
        while (length < Math.Min(rest.Length, MaxWord) && char.IsAsciiLetterOrDigit((char)rest[length]))
            length++;
        if (length > 0)
            return Encoding.UTF8.GetString(rest[..length]);
        Rune.DecodeFromUtf8(rest, out var character, out _);
        return character.ToString();
    }

    private static int OffsetOf(ReadOnlySpan<byte> body, long line, long position)
    {
        var start = 0;
        for (; line > 0 && body[start..].IndexOf((byte)'\n') is >= 0 and var end; line--)
            start += end + 1;
        return (int)Math.Min(start + position, body.Length);
    }
}
