using System.Text;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Redis;

/// <summary>
/// An entity's key as bytes that sort as (kind, id) do: kind, a zero byte, id. A zero byte inside of either is followed by 255, which UTF-8 never has.
/// </summary>
internal static class EntityName
{
    private const byte Escape = 0xFF;

    public static byte[] Encode(EntityKey key)
    {
        if (key.Kind.Contains('\0', StringComparison.Ordinal) || key.Id.Contains('\0', StringComparison.Ordinal))
            return [.. Escaped(key.Kind), 0, .. Escaped(key.Id)];
        var kind = Encoding.UTF8.GetByteCount(key.Kind);
        var name = new byte[kind + 1 + Encoding.UTF8.GetByteCount(key.Id)];
        Encoding.UTF8.GetBytes(key.Kind, name);
        Encoding.UTF8.GetBytes(key.Id, name.AsSpan(kind + 1));
        return name;
    }

    public static EntityKey Decode(ReadOnlySpan<byte> name)
    {
        var end = EndOfText(name);
        return new(Text(name[..end]), Text(name[(end + 1)..]));
    }

    /// <summary>Where the text at the beginning ends: at a zero byte that nothing escapes, or at the end.</summary>
    public static int EndOfText(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
                continue;
            if (i + 1 == bytes.Length || bytes[i + 1] != Escape)
                return i;
            i++;
        }

        return bytes.Length;
    }

    public static string Text(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains(Escape))
            return Encoding.UTF8.GetString(escaped);
        var bytes = new List<byte>(escaped.Length);
        foreach (var single in escaped)
        {
            if (single != Escape)
                bytes.Add(single);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static IEnumerable<byte> Escaped(string text) =>
        Encoding.UTF8.GetBytes(text).SelectMany(single => single == 0 ? (byte[])[0, Escape] : [single]);
}
