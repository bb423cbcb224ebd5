using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

/// <summary>A forward proxy for plain HTTP on a free port of the loopback interface: it passes a request on as RFC 9110, 7.6 has it, and counts it.</summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient next = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly Task accepting;
    private int connections; // counted by whoever accepts, read by the test

    public ForwardProxy()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>The targets that were asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How many connections there were.</summary>
    public int Connections => connections;

    /// <summary>What it does with connections. Default: it serves them.</summary>
    public ProxyMood Mood { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        next.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Interlocked.Increment(ref connections);
                served.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }

        await Task.WhenAll(served);
    }

    // one request a connection: enough for a proxy that is counted
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                if (Mood == ProxyMood.HangsUp)
                    return;
                if (await ReadTargetAsync(stream) is not { } target)
                    return;
                Requests.Enqueue(target);
                await stream.WriteAsync(Mood == ProxyMood.WantsCredentials
                    ? "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray()
                    : await PassOnAsync(target), stopping.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // the other side has gone
            }
        }
    }

    private async Task<string?> ReadTargetAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var first = await reader.ReadLineAsync(stopping.Token);
        while (await reader.ReadLineAsync(stopping.Token) is { Length: > 0 })
        {
            // the headers are of no interest
        }

        return first?.Split(' ') is ["GET", var target, ..] ? target : null;
    }

    private async Task<byte[]> PassOnAsync(string target)
    {
        using var response = await next.GetAsync(new Uri(target), stopping.Token);
        var body = await response.Content.ReadAsByteArrayAsync(stopping.Token);
        var head = FormattableString.Invariant($"HTTP/1.1 {(int)response.StatusCode} Passed\r\nVia: 1.1 test\r\nContent-Type: {response.Content.Headers.ContentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}

/// <summary>How a <see cref="ForwardProxy"/> behaves.</summary>
internal enum ProxyMood
{
    Serves,
    HangsUp,
    WantsCredentials,
}
