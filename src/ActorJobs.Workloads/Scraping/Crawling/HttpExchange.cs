using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ActorJobs.Http;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>
/// Performs one GET within limits of size and time, through <see cref="GuardedConnector"/>, and turns all that can go wrong into values.
/// Redirects, robots.txt and politeness are the callers'.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MaxRoutes = 3;
    private readonly GuardedConnector connector;
    private readonly ScrapingOptions options;
    private readonly TimeProvider time;
    private readonly ProxyPool? proxies;
    private readonly Dictionary<ProxyRoute, HttpMessageInvoker> throughProxy = [];
    private readonly HttpMessageInvoker? direct;

    public HttpExchange(ScrapingOptions options, TimeProvider time, HostResolver? resolve = null)
    {
        this.options = options;
        this.time = time;
        connector = new GuardedConnector(
            new AddressPolicy(options.AllowedAddresses), resolve ?? ((host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation)));
        if (options.Proxies.Count == 0)
        {
            direct = new HttpMessageInvoker(Handler(null));
            return;
        }

        proxies = new ProxyPool(options.Proxies, options.ProxyRest, time);
        foreach (var route in proxies.All)
            throughProxy[route] = new HttpMessageInvoker(Handler(route.Address));
    }

    private SocketsHttpHandler Handler(Uri? proxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = options.HostConcurrency,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : new WebProxy(proxy),
        ConnectCallback = proxy is null
            ? (context, cancellation) => connector.ConnectAsync(context.DnsEndPoint, cancellation)
            // the deployer chose the proxy; what it is asked to reach is checked before each request
            : null,
    };

    public async Task<ExchangeResult> GetAsync(PageRequest page, CancellationToken cancellationToken)
    {
        if (page.Url.Scheme is not ("http" or "https") || page.Url.UserInfo.Length > 0)
            return new ExchangeResult.Refused(RefusalReason.Scheme, $"{page.Url.Scheme}: only http and https without credentials are fetched");

        using var timeout = new CancellationTokenSource(options.PageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await SendAsync(page, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExchangeResult.Unreachable(string.Create(CultureInfo.InvariantCulture, $"no complete answer within {options.PageTimeout.TotalSeconds} s"));
        }
        catch (Exception exception) when (RefusedAddress(exception) is { } refused)
        {
            return new ExchangeResult.Refused(RefusalReason.Address, refused.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or System.Net.Sockets.SocketException)
        {
            return new ExchangeResult.Unreachable(exception.Message);
        }
    }

    public void Dispose()
    {
        direct?.Dispose();
        foreach (var client in throughProxy.Values)
            client.Dispose();
    }

    private async Task<ExchangeResult> SendAsync(PageRequest page, CancellationToken cancellationToken)
    {
        if (proxies is null)
            return await SendAsync(direct!, page, cancellationToken);
        await connector.PermittedAsync(new DnsEndPoint(page.Url.IdnHost, page.Url.Port), cancellationToken);
        ExchangeResult result = new ExchangeResult.Unreachable("no proxy answers");
        foreach (var route in proxies.Next().Take(MaxRoutes))
        {
            result = await ThroughProxyAsync(route, page, cancellationToken);
            if (result is not ExchangeResult.ProxyFailed)
                return result;
        }

        return new ExchangeResult.Unreachable(((ExchangeResult.ProxyFailed)result).Detail);
    }

    private async Task<ExchangeResult> ThroughProxyAsync(ProxyRoute route, PageRequest page, CancellationToken cancellationToken)
    {
        try
        {
            var result = await SendAsync(throughProxy[route], page, cancellationToken);
            var works = result is not ExchangeResult.HttpError { Status: 407 };
            proxies!.Note(route, works);
            return works ? result : new ExchangeResult.ProxyFailed($"the proxy {route.Address.Authority} wants credentials");
        }
        catch (HttpRequestException exception) when (IsOfProxy(exception.HttpRequestError, page.Url))
        {
            proxies!.Note(route, works: false);
            return new ExchangeResult.ProxyFailed($"the proxy {route.Address.Authority} does not answer: {exception.Message}");
        }
    }

    // it is the proxy that is connected to, so it is the proxy that does not answer; through a tunnel the one that hangs up may be the site
    private static bool IsOfProxy(HttpRequestError error, Uri url) =>
        error is HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        || (error == HttpRequestError.ResponseEnded && url.Scheme == "http");

    private async Task<ExchangeResult> SendAsync(HttpMessageInvoker client, PageRequest page, CancellationToken cancellationToken)
    {
        using var request = Request(page);
        using var response = await client.SendAsync(request, cancellationToken);
        return (int)response.StatusCode switch
        {
            304 when page.Known is not null => new ExchangeResult.NotModified(),
            301 or 302 or 303 or 307 or 308 => Redirect(page.Url, response.Headers.Location),
            >= 200 and < 300 => await ReadAsync(page, response, cancellationToken),
            var status => new ExchangeResult.HttpError(status, RetryAfter(response.Headers.RetryAfter)),
        };
    }

    private HttpRequestMessage Request(PageRequest page)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, page.Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(options.ProductToken, "1.0"));
        if (options.Contact.Length > 0)
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue($"(+{options.Contact})"));
        request.Headers.Accept.ParseAdd(page.Kind.Accept());
        request.Headers.AcceptEncoding.ParseAdd(ContentCoding.Accepted);
        if (page.Known?.ETag is { } etag)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        request.Headers.IfModifiedSince = page.Known?.LastModified;
        return request;
    }

    private static ExchangeResult Redirect(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var target) || CanonicalUrl.IsTooLong(target))
            return new ExchangeResult.Refused(RefusalReason.Scheme, "a redirect to nowhere");
        if (target.Scheme is not ("http" or "https"))
            return new ExchangeResult.Refused(RefusalReason.Scheme, $"a redirect to {target.Scheme}:");
        // what was asked for with protection is not fetched without
        return from.Scheme == "https" && target.Scheme == "http"
            ? new ExchangeResult.Refused(RefusalReason.Scheme, "a redirect from https to http")
            : new ExchangeResult.Redirect(target);
    }

    private static async Task<ExchangeResult> ReadAsync(PageRequest page, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var codings = response.Content.Headers.ContentEncoding;
        var coding = codings.Count == 0 ? null : codings.First().ToLowerInvariant();
        if (codings.Count > 1 || (coding is not null && !ContentCoding.IsKnown(coding)))
            return new ExchangeResult.Refused(RefusalReason.ContentEncoding, $"content coding {string.Join(", ", codings)}");

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (wire, arrived) = await BoundedRead.ReadAsync(stream, page.MaxBytes, cancellationToken);
        // the limit holds for what comes out of the decompressor, too: a small bomb is a large page
        var (bytes, decoded) = await ContentCoding.DecodeAsync(wire, coding, page.MaxBytes, cancellationToken);
        var isWhole = arrived && decoded;
        if (!isWhole && !page.MayTruncate)
            return new ExchangeResult.Refused(RefusalReason.TooLarge, string.Create(CultureInfo.InvariantCulture, $"more than {page.MaxBytes} bytes"));
        var validators = new PageValidators(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified);
        return new ExchangeResult.Body(bytes, response.Content.Headers.ContentType, validators);
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);

    private static AddressRefusedException? RefusedAddress(Exception? exception)
    {
        while (exception is not (null or AddressRefusedException))
            exception = exception.InnerException;
        return (AddressRefusedException?)exception;
    }
}
