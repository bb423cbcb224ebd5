using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>The body of a message of kombu: base64, maybe compressed, then JSON or a pickle.</summary>
internal static class CeleryBody
{
    private const string Advice = "let the old workers run it, or set task_serializer = 'json' and send it again";

    public static JsonElement Read(JsonElement message)
    {
        var bytes = Decompress(Decode(message), ForeignJson.TextOrNull(ForeignJson.Field(message, "headers"), "compression"));
        return ForeignJson.TextOrNull(message, "content-type") switch
        {
            "application/json" => ForeignJson.Parse(bytes, "its body"),
            "application/x-python-serialize" when PickleReader.IsPickle(bytes) => PickleJson.Read(bytes),
            "application/x-python-serialize" => throw new NotCarriedException($"its pickle is damaged, or of a protocol before 2; {Advice}"),
            var other => throw new NotCarriedException($"its body is '{other}', and neither JSON nor a pickle; {Advice}"),
        };
    }

    private static byte[] Decode(JsonElement message)
    {
        var body = ForeignJson.Field(message, "body");
        var encoding = ForeignJson.TextOrNull(ForeignJson.Field(message, "properties"), "body_encoding");
        return body.ValueKind switch
        {
            JsonValueKind.String when encoding == "base64" => body.TryGetBytesFromBase64(out var bytes) ? bytes : throw new NotCarriedException("its body is no base64"),
            JsonValueKind.String when encoding is null or "utf-8" => System.Text.Encoding.UTF8.GetBytes(body.GetString()!),
            JsonValueKind.String => throw new NotCarriedException($"its body is encoded as '{encoding}', which is unknown here; {Advice}"),
            _ => throw new NotCarriedException("it is no message of kombu"),
        };
    }

    // kombu's name for what zlib writes
    private static byte[] Decompress(byte[] bytes, string? compression) => compression switch
    {
        null or "" => bytes,
        "application/x-gzip" => ZlibText.Inflate(bytes),
        _ => throw new NotCarriedException($"its body is compressed as '{compression}', which is unknown here; {Advice}"),
    };
}
