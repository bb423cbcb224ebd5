using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace ActorJobs.TestKit.Browsers;

/// <summary>The line to a browser: commands with their answers, and what its pages complain of.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> asked = new();
    private readonly ConcurrentQueue<(string Session, string Text)> problems = new();
    private Task reading = Task.CompletedTask;
    private int last;

    /// <summary>Scripts that failed and errors on the console, of one page.</summary>
    public IEnumerable<string> ProblemsOf(string session) => problems.Where(problem => problem.Session == session).Select(problem => problem.Text);

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        await tools.socket.ConnectAsync(address, CancellationToken.None).WaitAsync(Patience);
        tools.reading = tools.ReadAsync();
        return tools;
    }

    /// <summary>Sends a command and waits for its answer; an error is an exception.</summary>
    public async Task<JsonElement> AskAsync(string method, object parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref last);
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = session is null
            ? JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters })
            : JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters, sessionId = session });
        await sending.WaitAsync(Patience);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, closing.Token);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading;
        socket.Dispose();
        sending.Dispose();
        closing.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), closing.Token);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonElement.Parse(message.GetBuffer().AsSpan(0, (int)message.Length)));
                message.SetLength(0);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or JsonException)
        {
            foreach (var waiting in asked.Values)
                waiting.TrySetException(new InvalidOperationException("The browser is gone.", exception));
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id) && asked.TryRemove(id.GetInt32(), out var answer))
        {
            if (message.TryGetProperty("error", out var error))
                answer.TrySetException(new InvalidOperationException(error.GetRawText()));
            else
                answer.TrySetResult(message.GetProperty("result"));
        }
        else if (message.TryGetProperty("sessionId", out var session) && ProblemIn(message) is { } problem)
        {
            problems.Enqueue((session.GetString()!, problem));
        }
    }

    private static string? ProblemIn(JsonElement message) => message.GetProperty("method").GetString() switch
    {
        "Runtime.exceptionThrown" => message.GetProperty("params").GetProperty("exceptionDetails").GetRawText(),
        "Log.entryAdded" when message.GetProperty("params").GetProperty("entry") is var entry && entry.GetProperty("level").GetString() == "error" => entry.GetRawText(),
        _ => null,
    };
}
