using System.Net.Sockets;
using System.Text;
using ActorJobs.Server.Tests.Node;

namespace ActorJobs.Server.Tests.Deployment;

/// <summary>A node tells systemd what the unit says it does.</summary>
public sealed class SystemdTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ILookup<string, string> unit = File.ReadLines(Path.Combine(Repository.Root, "config", "systemd", "actorjobs.service"))
        .Where(line => !line.StartsWith('#') && line.Contains('=', StringComparison.Ordinal)).ToLookup(line => line.Split('=')[0], line => line.Split('=', 2)[1]);

    [Fact]
    public async Task A_node_says_that_it_is_ready_that_it_lives_and_that_it_stops()
    {
        await using var node = new NodePlace();
        var path = Path.Combine(node.Folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        var process = node.Run(
            ["--urls=http://127.0.0.1:0", "--ActorJobs:Store=memory"], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "200000" });

        Assert.Equal("READY=1", await HearAsync(systemd));
        await process.ReadyAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("WATCHDOG=1", await HearAsync(systemd));
        process.Terminate();

        var said = "WATCHDOG=1";
        while (said == "WATCHDOG=1")
            said = await HearAsync(systemd);
        Assert.Equal("STOPPING=1", said);
        Assert.Equal(0, await process.ExitCodeAsync());
    }

    [Fact]
    public async Task A_watchdog_that_is_another_processes_is_not_fed_and_without_systemd_nothing_is_said()
    {
        await using var node = new NodePlace();
        var path = Path.Combine(node.Folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        var process = node.Run(
            ["--urls=http://127.0.0.1:0", "--ActorJobs:Store=memory"],
            new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "100000", ["WATCHDOG_PID"] = "1" });

        Assert.Equal("READY=1", await HearAsync(systemd));
        await process.ReadyAsync();
        process.Terminate();
        Assert.Equal("STOPPING=1", await HearAsync(systemd));
    }

    [Fact]
    public void The_unit_waits_for_the_node_watches_it_and_gives_it_time_to_drain()
    {
        Assert.Equal(["notify"], unit["Type"]);
        Assert.InRange(int.Parse(Assert.Single(unit["WatchdogSec"]), System.Globalization.CultureInfo.InvariantCulture), 10, 120);
        Assert.Equal(["on-failure"], unit["Restart"]);
        Assert.True(int.Parse(Assert.Single(unit["TimeoutStopSec"]), System.Globalization.CultureInfo.InvariantCulture) >= new ShutdownOptions().Deadline.TotalSeconds + 15);
        foreach (var sandbox in new[] { "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "DynamicUser", "RestrictNamespaces" })
            Assert.Equal(["yes"], unit[sandbox]);
        Assert.Contains("AF_UNIX", Assert.Single(unit["RestrictAddressFamilies"]), StringComparison.Ordinal); // without it nothing could be said
    }

    private static async Task<string> HearAsync(Socket systemd)
    {
        var buffer = new byte[256];
        using var patience = new CancellationTokenSource(Patience);
        return Encoding.ASCII.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, SocketFlags.None, patience.Token));
    }
}
