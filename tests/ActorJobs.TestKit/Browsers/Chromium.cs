using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ActorJobs.TestKit.Browsers;

/// <summary>A real browser without a window, driven over its DevTools protocol (chromedevtools.github.io/devtools-protocol), with a profile of its own.</summary>
public sealed partial class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Arguments =
    [
        "--headless", "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "about:blank",
    ];

    private readonly Process process;
    private readonly string profile;
    private readonly DevTools tools;

    private Chromium(Process process, string profile, DevTools tools) => (this.process, this.profile, this.tools) = (process, profile, tools);

    /// <summary>Why there is no browser; null when there is one.</summary>
    public static string? Missing { get; } = Find() is null ? "chromium is missing: install it (Debian: apt-get install chromium)." : null;

    /// <summary>Starts it.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("actorjobs-browser-").FullName;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Find() ?? throw new InvalidOperationException(Missing), [.. Arguments[..^1], $"--user-data-dir={profile}", Arguments[^1]])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            },
        };
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } said && Address().Match(said) is { Success: true } match)
                address.TrySetResult(new Uri(match.Value));
        };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new(process, profile, await DevTools.ConnectAsync(await address.Task.WaitAsync(Patience)));
    }

    /// <summary>Opens a page.</summary>
    /// <param name="width">The window's width. Unit: CSS pixels.</param>
    /// <param name="height">The window's height. Unit: CSS pixels.</param>
    public async Task<BrowserPage> OpenAsync(int width, int height)
    {
        var target = await tools.AskAsync("Target.createTarget", new { url = "about:blank" });
        var session = await tools.AskAsync("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        var page = new BrowserPage(tools, session.GetProperty("sessionId").GetString()!);
        await page.PrepareAsync(width, height);
        return page;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await tools.DisposeAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // one of its processes may write a last file; the profile lies in the system's folder for such things
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"ws://127\.0\.0\.1:\d+/\S+")]
    private static partial Regex Address();
}
