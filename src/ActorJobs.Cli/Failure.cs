using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Why a command did not succeed: words for a person, a code for the shell.</summary>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Code">One of <see cref="ExitCode"/>.</param>
internal sealed record Failure(string Message, int Code)
{
    private const string KeyHint = "Give an API key by ACTORJOBS_KEY, --key-file FILE or ACTORJOBS_KEY_FILE.";

    /// <summary>Null for what is a mistake of this program: that keeps its stack trace.</summary>
    public static Failure? Of(Exception exception, Uri node) => exception switch
    {
        UsageException => new(exception.Message, ExitCode.Usage),
        ActorJobsApiException refusal => Of(refusal, node),
        HttpRequestException error => new(Unreachable(error, node), ExitCode.Unreachable),
        TimeoutException => new($"{node} does not answer in time. Is the node overloaded? --timeout waits longer.", ExitCode.Unreachable),
        HttpIOException => new($"{node} ended the connection: {exception.Message}", ExitCode.Unreachable),
        JsonException => new($"{node} answered with something that is no ActorJobs answer: {exception.Message}", ExitCode.Failed),
        UnauthorizedAccessException or IOException => new(exception.Message, ExitCode.Usage),
        OperationCanceledException => new("Interrupted.", ExitCode.Interrupted),
        _ => null,
    };

    private static Failure Of(ActorJobsApiException refusal, Uri node)
    {
        var status = (int)refusal.Status;
        var said = refusal.Problem is { } problem
            ? $"{problem.Detail ?? problem.Title} ({problem.Code ?? "refused"}, HTTP {status})"
            : $"{node} answered HTTP {status}.";
        return refusal.Status switch
        {
            HttpStatusCode.Unauthorized => new($"{said} {KeyHint}", ExitCode.NotAllowed),
            HttpStatusCode.Forbidden => new($"{said} Ask for a key with a higher role.", ExitCode.NotAllowed),
            HttpStatusCode.NotFound when refusal.Problem is null or { Code: "no-such-address" } =>
                new($"{node} does not offer this command; `actorjobs palettes` shows what it offers.", ExitCode.NotFound),
            HttpStatusCode.NotFound => new(said, ExitCode.NotFound),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType =>
                new(refusal.Problem?.Field is { Length: > 0 } field ? $"{field}: {said}" : said, ExitCode.Usage),
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.UnprocessableEntity => new(said, ExitCode.Conflict),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new($"{said}{Later(refusal.RetryAfter)}", ExitCode.Busy),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                new($"{node} answered HTTP {status}, a redirection; give the address it leads to with --node.", ExitCode.Usage),
            _ => new(said, ExitCode.Failed),
        };
    }

    private static string Later(TimeSpan? wait) => wait is { } time ? $" Try again in {Durations.Short(time)}, or wait with --patience." : "";

    private static string Unreachable(HttpRequestException error, Uri node) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"There is no host '{node.Host}'. Is --node or ACTORJOBS_NODE right?",
        HttpRequestError.SecureConnectionError => $"No TLS with {node}: {Innermost(error)} With a certificate authority of your own give --ca FILE.",
        HttpRequestError.ConnectionError => $"Nothing answers at {node}: {Innermost(error)} Is the node running, and --node or ACTORJOBS_NODE right?",
        _ when error.InnerException is AuthenticationException => $"No TLS with {node}: {Innermost(error)} With a certificate authority of your own give --ca FILE.",
        _ => $"{node}: {Innermost(error)}",
    };

    private static string Innermost(Exception error) => error.GetBaseException().Message is var text && text.EndsWith('.') ? text : text + ".";
}
