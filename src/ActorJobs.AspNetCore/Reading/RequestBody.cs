using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace ActorJobs.AspNetCore;

/// <summary>A whole request body in one pooled piece: a reader over one span is several times faster than one over the transport's segments.</summary>
internal readonly struct RequestBody : IDisposable
{
    private const int LargestPooled = 1 << 20; // a length of the pool's own, so that no array of the pool is longer

    private readonly byte[] rented;
    private readonly int length;

    private RequestBody(byte[] rented, int length) => (this.rented, this.length) = (rented, length);

    public ReadOnlySpan<byte> Utf8 => rented.AsSpan(0, length);

    /// <summary>The same bytes, for readers that need them more than once; gone when the body is disposed of.</summary>
    public ReadOnlyMemory<byte> Memory => rented.AsMemory(0, length);

    public bool IsEmpty => length == 0;

    /// <summary>Reads the body to its end. With a problem there is nothing to dispose.</summary>
    public static async ValueTask<(RequestBody Body, ApiProblem? Problem)> ReadAsync(HttpContext context, int limit)
    {
        var request = context.Request;
        if (request.ContentType is { Length: > 0 } contentType && !request.HasJsonContentType())
            return (default, Problems.NotJson(contentType));
        if (request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && encoding != "identity")
            return (default, Problems.Encoded(encoding));
        // the limit is ours to keep; with one of its own the server would cut the line of a client that still sends and so never hears why
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = null;
        if (request.ContentLength > limit)
            return (default, Problems.BodyTooLarge(limit));

        // a declared length is a claim: room for it is made as the bytes come
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 4096, 65_536) + 1);
        var length = 0;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(context.RequestAborted);
            foreach (var segment in read.Buffer)
            {
                if (length + segment.Length > limit)
                {
                    // a read that is left open would keep the server from draining the rest
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    Return(bytes);
                    return (default, Problems.BodyTooLarge(limit));
                }

                if (length + segment.Length > bytes.Length)
                {
                    var wanted = Math.Min(Math.Max(bytes.Length * 2, length + segment.Length), limit);
                    if (Grow(bytes, length, wanted, request.ContentLength) is not { } bigger)
                    {
                        request.BodyReader.AdvanceTo(read.Buffer.End);
                        Return(bytes);
                        return (default, Problems.TooManyBodies());
                    }

                    bytes = bigger;
                }

                segment.Span.CopyTo(bytes.AsSpan(length));
                length += segment.Length;
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            if (System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)))
                return (new RequestBody(bytes, length), null);
            Return(bytes);
            return (default, Problems.MalformedJson("The body is not UTF-8."));
        }
    }

    public void Dispose()
    {
        if (rented is not null)
            Return(rented);
    }

    // The pool would keep a large piece for later, and all the halves it grew from: such a one is made, once, for the whole of what was declared.
    private static byte[]? Grow(byte[] bytes, int used, int wanted, long? declared)
    {
        byte[] bigger;
        try
        {
            bigger = wanted <= LargestPooled ? ArrayPool<byte>.Shared.Rent(wanted)
                : GC.AllocateUninitializedArray<byte>((int)Math.Max(wanted, declared ?? 0));
        }
        catch (OutOfMemoryException)
        {
            return null; // nothing else was lost by it: what the node has in hand is for now too much for a piece as large as this
        }

        bytes.AsSpan(0, used).CopyTo(bigger);
        Return(bytes);
        return bigger;
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length <= LargestPooled)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
