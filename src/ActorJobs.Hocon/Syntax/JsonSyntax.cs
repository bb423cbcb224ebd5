using System.Text;
using System.Text.Json;

namespace ActorJobs.Hocon.Syntax;

/// <summary>Reads a <c>.json</c> file into the same syntax tree, by JSON's own rules: no comments, no substitutions, no paths in keys.</summary>
internal ref struct JsonSyntax
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = HoconLimits.Depth };

    private readonly byte[] _utf8;
    private readonly string _file;
    private Utf8JsonReader _reader;
    private int _counted;
    private int _line;
    private int _lineStart;

    private JsonSyntax(byte[] utf8, string file)
    {
        _utf8 = utf8;
        _file = file;
        _reader = new(utf8, Options);
    }

    public static ValueSyntax Parse(string text, string file)
    {
        var json = new JsonSyntax(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')), file);
        try
        {
            json._reader.Read();
            var root = json.ReadValue();
            while (json._reader.Read())
            {
                // Only whitespace can follow; the reader refuses anything else.
            }

            return root;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped surrogate without its partner, which is no text.
            throw new HoconException("this is not valid JSON: " + error.Message, json.Position(), error);
        }
    }

    private ValueSyntax ReadValue()
    {
        var position = Position();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(position),
            JsonTokenType.StartArray => ReadArray(position),
            JsonTokenType.String => new ScalarSyntax(_reader.GetString(), position),
            JsonTokenType.Null => new ScalarSyntax(null, position),
            _ => new ScalarSyntax(Encoding.UTF8.GetString(_reader.ValueSpan), position),
        };
    }

    private ObjectSyntax ReadObject(HoconPosition start)
    {
        var members = new List<MemberSyntax>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var position = Position();
            var path = new HoconPath([_reader.GetString()!]);
            _reader.Read();
            members.Add(new FieldSyntax(path, ReadValue(), position));
        }

        return new(members, start);
    }

    private ArraySyntax ReadArray(HoconPosition start)
    {
        var elements = new List<ValueSyntax>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            elements.Add(ReadValue());
        return new(elements, start);
    }

    /// <summary>Where the reader is. Lines are counted once, because the reader only moves forward.</summary>
    private HoconPosition Position()
    {
        var offset = (int)Math.Min(_reader.TokenStartIndex, _utf8.Length);
        for (; _counted < offset; _counted++)
        {
            if (_utf8[_counted] != '\n')
                continue;
            _line++;
            _lineStart = _counted + 1;
        }

        return new(_file, _line + 1, Encoding.UTF8.GetCharCount(_utf8, _lineStart, offset - _lineStart) + 1);
    }
}
