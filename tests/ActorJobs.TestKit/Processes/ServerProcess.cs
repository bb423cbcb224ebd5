using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorJobs.TestKit.Processes;

/// <summary>The server as a process of its own, with all it said.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private const int MaxLines = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the server in a folder.</summary>
    public ServerProcess(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [ServerBinary.Path, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_NOLOGO"] = "1", ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(output, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(errors, line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The server ended before it was ready."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines of its standard output.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>The last lines of its standard error.</summary>
    public string Errors => string.Join('\n', errors);

    /// <summary>Its id, as the system knows it.</summary>
    public int Id => process.Id;

    /// <summary>Its resident memory. Unit: bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Its processes of isolated pools, by their ids.</summary>
    public IReadOnlyList<int> Children => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && ParentOf(id) == process.Id)];

    /// <summary>Where it listens, once it says that it is ready.</summary>
    public async Task<Uri> ReadyAsync()
    {
        try
        {
            return await ready.Task.WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{exception.Message}\n{Output}\n{Errors}");
        }
    }

    /// <summary>SIGKILL: nothing of the process runs after this.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>SIGTERM, as a service host ends a process.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>SIGINT, as Ctrl+C sends it.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Waits until it has written this, on either stream.</summary>
    public async Task SaidAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var news = new SemaphoreSlim(0);
        void Ring(object sender, DataReceivedEventArgs line) => news.Release();
        process.OutputDataReceived += Ring;
        process.ErrorDataReceived += Ring;
        try
        {
            while (!Output.Contains(text, StringComparison.Ordinal) && !Errors.Contains(text, StringComparison.Ordinal))
                await news.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The server did not say '{text}'.\n{Output}\n{Errors}");
        }
        finally
        {
            process.OutputDataReceived -= Ring;
            process.ErrorDataReceived -= Ring;
        }
    }

    /// <summary>SIGSTOP: it keeps its connections and does nothing.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT: ends <see cref="Pause"/>.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitCodeAsync(TimeSpan? patience = null)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server did not end.\n{Output}\n{Errors}");
        }

        return process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    // 0 for one that is gone by now
    private static int ParentOf(int id)
    {
        try
        {
            // the name before it, in brackets, may hold anything
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // the class library sends no signals
    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Hear(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (lines.Count > MaxLines)
            lines.TryDequeue(out _);
        if (ReadyAt().Match(line) is { Success: true } match)
            ready.TrySetResult(new Uri(match.Groups["url"].Value + "/"));
    }

    // as text, and within JSON
    [GeneratedRegex("""Ready at (\\")?(?<url>http://[^\s,"\\]+)""")]
    private static partial Regex ReadyAt();
}
