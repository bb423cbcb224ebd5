using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cluster.Tests;

/// <summary>A span as a collector gets it.</summary>
internal sealed record CollectedSpan(string Trace, string Id, string? Parent, string Name, string Node);

/// <summary>Takes traces over OTLP/HTTP on a port of this machine. Source: opentelemetry-proto, <c>trace/v1/trace.proto</c>.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<CollectedSpan> spans = new();

    public OtlpCollector()
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
        listener.Prefixes.Add(Address.AbsoluteUri);
        listener.Start();
        _ = TakeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<CollectedSpan> Of(string trace) => [.. spans.Where(span => span.Trace == trace)];

    public void Dispose() => listener.Close();

    private async Task TakeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            if (context.Request.Url!.AbsolutePath == "/v1/traces")
                Read(body.ToArray());
            context.Response.Close();
        }
    }

    private void Read(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var node = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1)).Where(attribute => Text(attribute, 1) == "service.instance.id")
                .Select(attribute => Text(Fields(attribute, 2).Single(), 1)).FirstOrDefault() ?? "";
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
                spans.Enqueue(new CollectedSpan(Hex(span, 1)!, Hex(span, 2)!, Hex(span, 4), Text(span, 5), node));
        }
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    private static string? Hex(byte[] message, int field) => Fields(message, field).FirstOrDefault() is { Length: > 0 } bytes ? Convert.ToHexStringLower(bytes) : null;

    /// <summary>The values of a field with lengths (wire type 2); others are passed over. Source: Protocol Buffers, "Encoding".</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if (tag >> 3 == (ulong)field)
                        yield return message[at..(at + length)];
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("This is no protocol buffer.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
