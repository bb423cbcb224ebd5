using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.Stores.Tests.Processes;

/// <summary>A <see cref="PairWriter"/> in a process of its own.</summary>
internal sealed class WriterProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Process process;

    private WriterProcess(Process process) => this.process = process;

    public static WriterProcess Start(string path, int seed)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ActorJobs.Stores.Tests"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { PairWriter.Argument, path, seed.ToString(CultureInfo.InvariantCulture) },
        };
        return new WriterProcess(Process.Start(start)!);
    }

    /// <summary>The next line of its output, or null when it has ended.</summary>
    public async Task<string?> ReadAsync() => await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline);

    public async Task UntilAsync(string line)
    {
        while (await ReadAsync() is { } read)
        {
            if (read == line)
                return;
        }

        throw new InvalidOperationException($"The writer ended before it said '{line}'.");
    }

    /// <summary>Ends it at once (SIGKILL) and returns what it had said before.</summary>
    public async Task<IReadOnlyList<string>> KillAsync()
    {
        process.Kill();
        var said = new List<string>();
        while (await ReadAsync() is { } line)
            said.Add(line);
        await process.WaitForExitAsync().WaitAsync(Deadline);
        return said;
    }

    /// <summary>Asks it to end, and says how it did.</summary>
    public async Task<int> EndAsync()
    {
        process.StandardInput.Close();
        while (await ReadAsync() is not null)
        {
            // drained, so that it is not held by a full pipe
        }

        await process.WaitForExitAsync().WaitAsync(Deadline);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }
}
