using ActorJobs.Actors.Entities;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.Features;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Meta's way in: <c>/webhooks/whatsapp</c>. Success is answered only when every update is durable; anything else makes Meta repeat the whole, which
/// changes nothing that was taken already.
/// </summary>
internal static partial class WebhookEndpoints
{
    public const string Path = "/webhooks/whatsapp";

    // Meta's documented bound of a payload
    private const int MaxBody = 3 * 1024 * 1024;
    private const int MaxChallenge = 500;

    public static void MapWebhook(this RouteGroupBuilder root)
    {
        root.MapGet(Path, Verify).AllowEverybody();
        // proves where it comes from by its signature, so there is no form to forge
        root.MapPost(Path, TakeAsync).AllowEverybody().DisableAntiforgery().AddEndpointFilter(async (invocation, next) => new Told(await next(invocation)));
    }

    // https://developers.facebook.com/docs/graph-api/webhooks/getting-started: the challenge goes back when the word is right
    private static IResult Verify(HttpContext context, ConversationsOptions options)
    {
        var query = context.Request.Query;
        var challenge = query["hub.challenge"].ToString();
        if (options.VerifyToken is not { Length: > 0 } expected || query["hub.mode"] != "subscribe" || !WebhookSignature.AreSame(query["hub.verify_token"], expected))
            return Problems.Forbidden("verify-token", "The verify token is not the configured one (ActorJobs:Conversations:VerifyToken).");
        return challenge.Length is 0 or > MaxChallenge ? Problems.Invalid("challenge", "hub.challenge is missing or too long.") : Results.Text(challenge);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, ConversationsOptions options, ConversationIntake intake, ILogger<ConversationIntake> logger, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not { } body)
            return Problems.BodyTooLarge(MaxBody);
        if (options.AppSecret is not { Length: > 0 } secret || !WebhookSignature.IsValid(body.Span, context.Request.Headers[WebhookSignature.Header], secret))
            return Problems.InvalidSignature("The signature is missing or not that of the configured app secret (ActorJobs:Conversations:AppSecret).");
        if (WebhookReader.Read(body) is not { } updates)
            return Problems.MalformedJson("The body is no JSON object.");
        try
        {
            await intake.TakeAsync(updates, cancellationToken);
            return Results.Ok();
        }
        catch (Exception exception) when (exception is EntityException or TimeoutException)
        {
            LogNotTaken(logger, exception.Message);
            return Problems.Unavailable("Not all of it is durable: send it again.", TimeSpan.FromSeconds(2));
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = null;
        if (context.Request.ContentLength > MaxBody)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBody)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    // a machine calls: what is wrong is told as JSON and not as one of the pages beside which the webhook is mapped
    private sealed class Told(object? answer) : IResult
    {
        public Task ExecuteAsync(HttpContext context) => answer is IResult result ? result.ExecuteAsync(context) : Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Warning, "A webhook could not be taken in and will be repeated: {Reason}")]
    private static partial void LogNotTaken(ILogger logger, string reason);
}
