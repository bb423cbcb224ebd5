using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorJobs.Cli;

/// <summary>What a redis-server has used so far.</summary>
/// <param name="Bytes">Memory that holds its data now.</param>
/// <param name="CpuSeconds">Processor time since its start.</param>
internal readonly record struct RedisUsage(long Bytes, double CpuSeconds);

/// <summary>Asks a redis-server what it has used. One question by the protocol itself: a client library would be out of proportion.</summary>
internal sealed class RedisServerUsage
{
    /// <summary>The environment variable with the server's password.</summary>
    public const string PasswordVariable = "ACTORJOBS_REDIS_PASSWORD";

    private const int DefaultPort = 6379;
    private const int MaxAnswer = 1 << 20;

    private readonly string host;
    private readonly int port;
    private readonly string? password;

    /// <param name="address"><c>host</c> or <c>host:port</c>.</param>
    /// <param name="password">Null for none.</param>
    public RedisServerUsage(string address, string? password)
    {
        this.password = password;
        (host, port) = (address, DefaultPort);
        if (address.LastIndexOf(':') is > 0 and var colon)
            (host, port) = int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65_536
                ? (address[..colon], number)
                : throw new UsageException($"'{address}' is no address of a redis-server; write host:port.");
    }

    public async Task<RedisUsage> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellationToken);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            if (password is { Length: > 0 })
                await SayAsync(stream, reader, ["AUTH", password], cancellationToken);
            return Parse(await SayAsync(stream, reader, ["INFO"], cancellationToken));
        }
        catch (SocketException exception)
        {
            throw new IOException($"redis-server at {host}:{port}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the lines of <c>INFO</c>.</summary>
    internal static RedisUsage Parse(string info)
    {
        var values = info.Split('\n').Select(line => line.TrimEnd('\r').Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        return new RedisUsage((long)Of("used_memory"), Of("used_cpu_user") + Of("used_cpu_sys"));

        double Of(string name) => values.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new IOException($"The redis-server does not tell its {name}.");
    }

    private static async Task<string> SayAsync(NetworkStream stream, StreamReader reader, string[] words, CancellationToken cancellationToken)
    {
        var request = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"*{words.Length}\r\n"));
        foreach (var word in words)
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);

        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The redis-server hung up.");
        if (line.StartsWith('-'))
            throw new IOException($"The redis-server refuses: {line[1..]} The password comes from {PasswordVariable}.");
        if (!line.StartsWith('$'))
            return line;
        var length = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
        if (length is < 0 or > MaxAnswer)
            throw new IOException($"The redis-server answers {length} bytes to {words[0]}.");
        var text = new char[length];
        await reader.ReadBlockAsync(text, cancellationToken);
        return new string(text);
    }
}
