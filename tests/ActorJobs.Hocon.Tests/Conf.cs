using System.Text;
using System.Text.Json;
using ActorJobs.Hocon.Files;
using ActorJobs.Hocon.Resolution;

namespace ActorJobs.Hocon.Tests;

/// <summary>Runs a document through parser, composer and resolver, and shows the result as JSON in which every scalar is a string or null.</summary>
internal static class Conf
{
    public const string Path = "/etc/node/main.conf";

    public static string Json(string text, MemoryFiles? files = null, Dictionary<string, string>? environment = null) =>
        Json(Load(text, files, environment));

    public static HoconException Error(string text, MemoryFiles? files = null) => Assert.Throws<HoconException>(() => Load(text, files, null));

    public static HoconObject Load(string text, MemoryFiles? files, Dictionary<string, string>? environment)
    {
        files ??= [];
        files[Path] = text;
        return HoconDocument.Load(Path, new HoconFileReader(files), name => environment?.GetValueOrDefault(name))!;
    }

    public static string Json(HoconValue value)
    {
        var json = new StringBuilder();
        Write(value, json);
        return json.ToString();
    }

    private static void Write(HoconValue value, StringBuilder json)
    {
        switch (value)
        {
            case HoconScalar scalar:
                json.Append(Quote(scalar.Text));
                break;
            case HoconArray array:
                WriteList('[', array.Elements, element => Write(element, json), ']', json);
                break;
            case HoconObject { Fields: var fields }:
                WriteList('{', fields, field => Write(field.Value, json.Append(Quote(field.Key)).Append(':')), '}', json);
                break;
        }
    }

    private static void WriteList<T>(char open, IReadOnlyList<T> items, Action<T> write, char close, StringBuilder json)
    {
        json.Append(open);
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
                json.Append(',');
            write(items[index]);
        }

        json.Append(close);
    }

    private static string Quote(string? text) => text is null ? "null" : '"' + JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() + '"';
}
