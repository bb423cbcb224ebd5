using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace ActorJobs.Cli;

/// <summary>A program that the benchmark runs for itself, with the last it said. Killed at the end: what it wrote goes with its folder.</summary>
internal sealed class OwnProcess : IAsyncDisposable
{
    private const int MaxLines = 20;

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    /// <param name="program">The program; a <c>.dll</c> is run by <c>dotnet</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="heard">Is told each line.</param>
    public OwnProcess(string program, IReadOnlyList<string> arguments, string folder, Action<string> heard)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        process = new Process
        {
            StartInfo = new ProcessStartInfo(isAssembly ? "dotnet" : program, isAssembly ? [program, .. arguments] : arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new UsageException($"'{program}' cannot be started: {exception.Message}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Hear(string? line)
        {
            if (line is null)
                return;
            lines.Enqueue(line);
            if (lines.Count > MaxLines)
                lines.TryDequeue(out var _);
            heard(line);
        }
    }

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>The last it said.</summary>
    public string Said => string.Join(Environment.NewLine, lines);

    /// <summary>Ends when it has ended.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
