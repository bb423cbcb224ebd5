using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorJobs.Server;

/// <summary>
/// Tells systemd that the node is ready, that it lives, and that it stops; where nobody listens it does nothing. The watchdog is fed while timers fire, the
/// thread pool takes work and the actors can be looked at: a node of which one of these is stuck is killed and started again. A store that is away is no
/// reason not to feed it: a restart would not help. Source: sd_notify(3), sd_watchdog_enabled(3).
/// </summary>
internal sealed partial class ServiceNotice(NodeStatus node, TimeProvider time, ILogger<ServiceNotice> logger) : IHostedLifecycleService, IDisposable
{
    private const string SocketVariable = "NOTIFY_SOCKET";
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private const string WatchdogProcessVariable = "WATCHDOG_PID";

    private Socket? socket;
    private ITimer? watchdog;
    private int isLooking;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The front door is open and the shards are under way.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is not { Length: > 1 } path)
            return Task.CompletedTask;
        socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path)); // with @ it is a name, and no file
        Say("READY=1");
        if (WatchdogPeriod() is { } period)
            watchdog = time.CreateTimer(_ => Look(), null, period / 2, period / 2);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Say("STOPPING=1"); // the watchdog is fed on: a node drains for longer than its period
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        watchdog?.Dispose();
        socket?.Dispose();
    }

    private static TimeSpan? WatchdogPeriod()
    {
        var isOurs = Environment.GetEnvironmentVariable(WatchdogProcessVariable) is not { } process
            || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(Environment.GetEnvironmentVariable(WatchdogVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    // one look at a time: looks that are stuck must not pile up
    private void Look()
    {
        if (Interlocked.Exchange(ref isLooking, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(notice => notice.Feed(), this, preferLocal: false);
    }

    private void Feed()
    {
        _ = node.Tree();
        Say("WATCHDOG=1");
        Volatile.Write(ref isLooking, 0);
    }

    private void Say(string state)
    {
        try
        {
            socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Unheard(logger, exception, state);
        }
    }

    [LoggerMessage(LogLevel.Warning, "systemd was not told {State}")]
    private static partial void Unheard(ILogger logger, Exception exception, string state);
}
