using System.Buffers;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace ActorJobs.Cli;

/// <summary>
/// One connection to one redis-server, a few commands by the protocol itself: a client library would be out of proportion for a tool that talks to Redis
/// only to measure it, and to take jobs over from other systems. One caller at a time.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly RedisAddress address;
    private readonly TimeSpan timeout;
    private readonly TcpClient client = new() { NoDelay = true };
    private Stream stream = Stream.Null;
    private RespReader reader = new(Stream.Null);

    private RedisConnection(RedisAddress address, TimeSpan timeout) => (this.address, this.timeout) = (address, timeout);

    /// <param name="address">Which server.</param>
    /// <param name="timeout">How long connecting, and each exchange, may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RedisConnection> OpenAsync(RedisAddress address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var connection = new RedisConnection(address, timeout);
        try
        {
            await connection.BoundedAsync(connection.ConnectAsync, cancellationToken);
            if (address.Password is { } password)
                await connection.AskAsync(cancellationToken, address.User is { } user ? ["AUTH", user, password] : ["AUTH", password]);
            if (address.Database != 0)
                await connection.AskAsync(cancellationToken, "SELECT", address.Database);
            return connection;
        }
        catch (Exception)
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>One command and its answer; a refusal throws.</summary>
    public async Task<RedisReply> AskAsync(CancellationToken cancellationToken, params RedisWord[] command) => (await AskAllAsync([command], cancellationToken))[0];

    /// <summary>Many commands in one round trip, with their answers in order. One refusal, and all that was asked is in doubt: it throws, and the connection is of no more use.</summary>
    public async Task<IReadOnlyList<RedisReply>> AskAllAsync(IReadOnlyList<RedisWord[]> commands, CancellationToken cancellationToken)
    {
        var replies = new List<RedisReply>(commands.Count);
        await BoundedAsync(
            async cancellation =>
            {
                await stream.WriteAsync(Encode(commands), cancellation);
                foreach (var _ in commands)
                    replies.Add(await reader.ReadAsync(cancellation));
            },
            cancellationToken);
        return replies;
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        stream = client.GetStream();
        if (address.Tls)
        {
            var secure = new SslStream(stream);
            stream = secure;
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        }

        reader = new RespReader(stream);
    }

    private async Task BoundedAsync(Func<CancellationToken, Task> exchange, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await exchange(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The redis-server at {address} does not answer within {Durations.Short(timeout)}.");
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException)
        {
            throw new IOException($"redis-server at {address}: {exception.Message}", exception);
        }
    }

    private static ReadOnlyMemory<byte> Encode(IReadOnlyList<RedisWord[]> commands)
    {
        var request = new ArrayBufferWriter<byte>();
        foreach (var command in commands)
        {
            Line('*', command.Length);
            foreach (var word in command)
            {
                Line('$', word.Bytes.Length);
                request.Write(word.Bytes.Span);
                request.Write("\r\n"u8);
            }
        }

        return request.WrittenMemory;

        void Line(char type, int number) => request.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}{number}\r\n")));
    }
}
