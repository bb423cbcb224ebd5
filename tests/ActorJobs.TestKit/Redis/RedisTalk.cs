using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorJobs.TestKit.Redis;

/// <summary>The Redis protocol, as far as tests need it to talk to a server past the client under test.</summary>
internal static class RedisTalk
{
    public static async Task<string> SayAsync(int port, string? password, string[] command, TimeSpan deadline)
    {
        using var cancel = new CancellationTokenSource(deadline);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancel.Token);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        if (password is not null)
        {
            await stream.WriteAsync(Encode(["AUTH", password]), cancel.Token);
            await ReadAsync(reader, cancel.Token);
        }

        await stream.WriteAsync(Encode(command), cancel.Token);
        return await ReadAsync(reader, cancel.Token);
    }

    private static byte[] Encode(string[] command)
    {
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var part in command)
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        return Encoding.UTF8.GetBytes(request.ToString());
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The server hung up.");
        return line switch
        {
            ['$', .. var length] => await TextAsync(reader, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken),
            ['*', .. var count] => await ListAsync(reader, int.Parse(count, CultureInfo.InvariantCulture), cancellationToken),
            ['+' or ':', .. var rest] => rest,
            _ => line,
        };
    }

    private static async Task<string> TextAsync(StreamReader reader, int length, CancellationToken cancellationToken)
    {
        if (length < 0)
            return "";
        var text = new char[length + 2];
        await reader.ReadBlockAsync(text, cancellationToken);
        return new string(text, 0, length);
    }

    private static async Task<string> ListAsync(StreamReader reader, int count, CancellationToken cancellationToken)
    {
        var items = new List<string>();
        for (var i = 0; i < count; i++)
            items.Add(await ReadAsync(reader, cancellationToken));
        return string.Join('\n', items);
    }
}
