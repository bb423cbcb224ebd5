using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.Pools.Isolated;

/// <summary>A child process from the node's side. It ends when its standard input does, so it cannot outlive the node.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeaveDeadline = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly MessageStream messages;
    private readonly OutputTail output = new();

    private ChildProcess(Process process)
    {
        this.process = process;
        messages = new MessageStream(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>How many attempts have begun in it.</summary>
    public int Runs { get; set; }

    public int Id => process.Id;

    public bool IsAlive => !process.HasExited;

    /// <summary>The bytes of memory it holds; 0 once it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                process.Refresh();
                return process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Starts one and waits until it takes jobs.</summary>
    public static async Task<ChildProcess> StartAsync(IsolatedCommand command, TimeProvider time)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [IsolatedCommand.Variable] = "1", ["ACTORJOBS_PARENT"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) },
        };
        var child = new ChildProcess(Process.Start(start)!);
        using var deadline = new CancellationTokenSource(StartDeadline, time);
        try
        {
            if (await child.messages.ReadMarkAsync(deadline.Token).ConfigureAwait(false) && await child.ReceiveAsync(deadline.Token).ConfigureAwait(false) is ChildMessage.Ready)
                return child;
        }
        catch (OperationCanceledException)
        {
            // told below
        }

        var ending = await child.EndingAsync().ConfigureAwait(false);
        child.Dispose();
        throw new AttemptEndedException(AttemptOutcome.Crashed, new JobError("NotStarted", $"No child process could be started: it {ending}.", child.output.Text));
    }

    public ValueTask SendAsync(ChildMessage message, CancellationToken cancellationToken = default) => messages.WriteAsync(message, cancellationToken);

    public ValueTask<ChildMessage?> ReceiveAsync(CancellationToken cancellationToken = default) => messages.ReadAsync(cancellationToken);

    /// <summary>Forgets what it has written: a new attempt begins.</summary>
    public void BeginRun()
    {
        Runs++;
        output.Clear();
    }

    /// <summary>Its last lines of output.</summary>
    public string? Output => output.Text;

    /// <summary>Ends it and its own children at once.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // it has ended
        }
    }

    /// <summary>How it ended, in words; kills it when it has not.</summary>
    public async Task<string> EndingAsync()
    {
        if (!await EndsWithinAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false))
            Kill();
        await process.WaitForExitAsync().ConfigureAwait(false); // with the last of its output
        var code = process.ExitCode;
        return code > 128 && !OperatingSystem.IsWindows()
            ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code} (signal {code - 128})")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}");
    }

    /// <summary>Lets it end in order, within a bound.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await SendAsync(new ChildMessage.Leave()).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // it has ended
        }

        await EndsWithinAsync(LeaveDeadline).ConfigureAwait(false);
        Dispose();
    }

    public void Dispose()
    {
        Kill();
        messages.Dispose();
        process.Dispose();
    }

    private async Task<bool> EndsWithinAsync(TimeSpan deadline)
    {
        using var patience = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
