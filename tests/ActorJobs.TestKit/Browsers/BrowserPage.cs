using System.Text.Json;

namespace ActorJobs.TestKit.Browsers;

/// <summary>A page as a person uses it: looks, clicks, types.</summary>
public sealed class BrowserPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly DevTools tools;
    private readonly string session;

    internal BrowserPage(DevTools tools, string session) => (this.tools, this.session) = (tools, session);

    /// <summary>Scripts that failed and errors on the console.</summary>
    public IReadOnlyList<string> Problems => [.. tools.ProblemsOf(session)];

    /// <summary>Goes to an address and waits until all of it is there.</summary>
    public async Task GoAsync(Uri address)
    {
        await AskAsync("Page.navigate", new { url = address.ToString() });
        await UntilAsync("document.readyState === 'complete'");
    }

    /// <summary>Looks until an expression is true, on whichever page the browser is by then.</summary>
    public async Task UntilAsync(string expression)
    {
        using var clock = new PeriodicTimer(Look);
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsSoAsync(expression))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Not so within {Patience}: {expression}\n{await EvaluateAsync("location.href + '\\n' + document.body.innerText")}\n{string.Join('\n', Problems)}");
            await clock.WaitForNextTickAsync();
        }
    }

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string?> EvaluateAsync(string expression)
    {
        var answer = await AskAsync("Runtime.evaluate", new { expression = $"String({expression})", returnByValue = true });
        return answer.TryGetProperty("exceptionDetails", out var failure)
            ? throw new InvalidOperationException($"{expression}: {failure.GetRawText()}")
            : answer.GetProperty("result").GetProperty("value").GetString();
    }

    /// <summary>Clicks in the middle of the first element that a selector finds.</summary>
    public async Task ClickAsync(string selector)
    {
        await UntilAsync($"document.querySelector({Quoted(selector)}) !== null");
        var place = await EvaluateAsync($"(e => {{ e.scrollIntoView({{ block: 'center' }}); const r = e.getBoundingClientRect(); return JSON.stringify([r.x + r.width / 2, r.y + r.height / 2]); }})(document.querySelector({Quoted(selector)}))");
        var (x, y) = JsonElement.Parse(place!) is var both ? (both[0].GetDouble(), both[1].GetDouble()) : default;
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
            await AskAsync("Input.dispatchMouseEvent", new { type, x, y, button = "left", clickCount = 1 });
    }

    /// <summary>Types into the element that has the focus.</summary>
    public Task TypeAsync(string text) => AskAsync("Input.insertText", new { text });

    /// <summary>Presses Enter.</summary>
    public async Task PressEnterAsync()
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
            await AskAsync("Input.dispatchKeyEvent", new { type, key = "Enter", code = "Enter", windowsVirtualKeyCode = 13, text = type == "keyDown" ? "\r" : "" });
    }

    internal async Task PrepareAsync(int width, int height)
    {
        foreach (var domain in new[] { "Page", "Runtime", "Log" })
            await AskAsync(domain + ".enable", new { });
        await AskAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
    }

    // a page that is just being left has nothing to say
    private async Task<bool> IsSoAsync(string expression)
    {
        try
        {
            return await EvaluateAsync($"Boolean({expression})") == "true";
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private Task<JsonElement> AskAsync(string method, object parameters) => tools.AskAsync(method, parameters, session);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
