using System.Text;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Answers with server-sent events: what <paramref name="source"/> yields, until it ends, the reader leaves, the node stops, or an hour has passed
/// (a browser then comes again, and its key is checked again). Nothing is buffered: the next item is asked for when the last one is on its way,
/// so a slow reader slows the source, which is expected to skip. Between items a comment goes out every 15 seconds, to keep proxies from cutting the line.
/// </summary>
/// <param name="source">Makes the items; the token ends them.</param>
/// <param name="toEvent">An item as an event.</param>
public sealed class EventStream<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, Func<T, StreamEvent> toEvent) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var streams = services.GetRequiredService<OpenStreams>();
        if (!streams.TryOpen())
        {
            await Problems.Unavailable("As many event streams are open as this node keeps.", TimeSpan.FromSeconds(30)).ExecuteAsync(httpContext);
            return;
        }

        var time = services.GetRequiredService<TimeProvider>();
        using var age = new CancellationTokenSource(MaxAge, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, age.Token);
        try
        {
            await SendAsync(httpContext.Response, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the reader left, the node stops, or the hour is over: the stream simply ends
        }
        finally
        {
            streams.Close();
        }
    }

    private async Task SendAsync(HttpResponse response, TimeProvider time, CancellationTokenSource stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
        if (HttpMethods.IsHead(response.HttpContext.Request.Method))
            return; // there is no body that could end
        var output = response.BodyWriter;
        Encoding.UTF8.GetBytes("retry: 2000\n\n", output);
        await output.FlushAsync(stop.Token);

        using var timer = new PeriodicTimer(Heartbeat, time);
        var beat = timer.WaitForNextTickAsync(stop.Token).AsTask();
        await using var items = source(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (await Task.WhenAny(next, beat) == next)
                {
                    if (!await next)
                        return;
                    toEvent(items.Current).WriteTo(output);
                    next = items.MoveNextAsync().AsTask();
                }
                else
                {
                    await beat;
                    Encoding.UTF8.GetBytes(": still here\n\n", output);
                    beat = timer.WaitForNextTickAsync(stop.Token).AsTask();
                }

                await output.FlushAsync(stop.Token);
            }
        }
        finally
        {
            // an enumerator must not be disposed of while it is asked for its next item
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await ((Task)beat).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
