using System.Text;
using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon.Files;

/// <summary>Reads and parses files within the bounds on their size and number, and remembers their names, for a watch on them.</summary>
internal sealed class HoconFileReader(IHoconFiles files)
{
    private const string Json = ".json";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The formats, in the order in which files of one name and several formats are merged.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [Json, ".conf", ".hocon"];

    /// <summary>Every file that was asked for, whether it was there or not: each may change what the configuration says.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>Parses a file; null when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="origin">Where it was named, for errors that concern the file as a whole; null for itself.</param>
    public ValueSyntax? Parse(string path, HoconPosition? origin)
    {
        _paths.Add(path);
        var position = origin ?? new HoconPosition(path, 1, 1);
        if (Read(path, position) is not { } bytes)
            return null;
        if (bytes.Length > HoconLimits.FileBytes)
            throw new HoconException($"{path} is larger than {HoconLimits.FileBytes} bytes", position);
        _bytes += bytes.Length;
        if (_bytes > HoconLimits.TotalBytes)
            throw new HoconException($"the files of this configuration hold more than {HoconLimits.TotalBytes} bytes", position);
        var text = Decode(bytes, path, position);
        return path.EndsWith(Json, StringComparison.OrdinalIgnoreCase) ? JsonSyntax.Parse(text, path) : Parser.Parse(text, path);
    }

    private byte[]? Read(string path, HoconPosition position)
    {
        try
        {
            return files.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HoconException($"{path} cannot be read: {error.Message}", position, error);
        }
    }

    private static string Decode(byte[] bytes, string path, HoconPosition position)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new HoconException($"{path} is not valid UTF-8 at byte {error.Index}", position, error);
        }
    }
}
