using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ActorJobs.AspNetCore;

/// <summary>A part of a page as a component with its parameters, to be rendered anew.</summary>
/// <param name="Id">The id of the element whose content it is.</param>
/// <param name="Component">The component.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record LiveFragment(string Id, Type Component, IReadOnlyDictionary<string, object?> Parameters)
{
    /// <summary>A fragment of a component with one parameter.</summary>
    public static LiveFragment Of<TComponent>(string id, string parameter, object? value)
        where TComponent : IComponent => new(id, typeof(TComponent), new Dictionary<string, object?> { [parameter] = value });
}

/// <summary>
/// Keeps a page live: for each item of a source its fragments are rendered, and those whose HTML changed are sent as one server-sent event, which the
/// page's script puts in place. Map it with GET under the path that the page's <c>Live</c> names.
/// </summary>
/// <param name="source">What happens, coalesced; the token ends it.</param>
/// <param name="render">The fragments that an item may have changed.</param>
public sealed class LiveFragments<T>(
    Func<CancellationToken, IAsyncEnumerable<T>> source, Func<T, CancellationToken, ValueTask<IReadOnlyList<LiveFragment>>> render) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // a first token sets a cookie, which it can only do before the answer begins
        _ = httpContext.RequestServices.GetRequiredService<PageState>().FormToken;
        return new EventStream<IReadOnlyList<(string Id, string Html)>>(
            cancellation => ChangesAsync(httpContext.RequestServices, cancellation), ToEvent).ExecuteAsync(httpContext);
    }

    private async IAsyncEnumerable<IReadOnlyList<(string Id, string Html)>> ChangesAsync(
        IServiceProvider services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // as many entries as the page has fragments
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        var rendering = services.GetRequiredService<LiveRendering>();
        await foreach (var item in source(cancellationToken).WithCancellation(cancellationToken))
        {
            var changed = await rendering.RunAsync(() => ChangesOfAsync(item, shown, services, cancellationToken), cancellationToken);
            if (changed.Count > 0)
                yield return changed;
        }
    }

    private async Task<List<(string Id, string Html)>> ChangesOfAsync(T item, Dictionary<string, string> shown, IServiceProvider services, CancellationToken cancellationToken)
    {
        var changed = new List<(string Id, string Html)>();
        // a renderer keeps what it rendered, so each item gets its own
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        foreach (var fragment in await render(item, cancellationToken))
        {
            var html = await RenderAsync(renderer, fragment);
            if (shown.TryGetValue(fragment.Id, out var last) && last == html)
                continue;
            shown[fragment.Id] = html;
            changed.Add((fragment.Id, html));
        }

        return changed;
    }

    private static Task<string> RenderAsync(HtmlRenderer renderer, LiveFragment fragment) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(fragment.Parameters));
        return (await renderer.RenderComponentAsync(fragment.Component, parameters)).ToHtmlString();
    });

    private static StreamEvent ToEvent(IReadOnlyList<(string Id, string Html)> changed) => StreamEvent.Json("fragments", changed, static (writer, items) =>
    {
        writer.WriteStartObject();
        foreach (var (id, html) in items)
            writer.WriteString(id, html);
        writer.WriteEndObject();
    });
}
