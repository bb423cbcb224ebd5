using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ActorJobs.Workloads.Conversations;

/// <summary>An error of the Cloud API: what it says, and whether it passes (developers.facebook.com, Cloud API, error codes).</summary>
internal sealed record CloudApiError(int? Code, string Message)
{
    private const int MaxMessage = 500;

    // limits and outages pass; so does a token that has run out, once the deployer has set a new one
    private static readonly HashSet<int> Passing =
    [
        1, 2,       // unknown API error, service down
        4,          // the app's calls
        80007,      // the account's rate
        130429,     // throughput of the number
        131048,     // spam rate of the number
        131056,     // too many to the same customer
        131000,     // something went wrong
        131016,     // service not available
        131057,     // account in maintenance
        133004,     // server not available
        0, 190,     // access token has run out
        131042,     // payment
    ];

    public bool Passes(HttpStatusCode status) => Code is { } code ? Passing.Contains(code) : status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>The shortest wait that makes sense for a limit, when the answer names none; null: the usual back-off.</summary>
    public TimeSpan? Wait => Code switch
    {
        131056 => TimeSpan.FromSeconds(6),
        4 or 80007 => TimeSpan.FromMinutes(5),
        131048 => TimeSpan.FromMinutes(15),
        _ => null,
    };

    public override string ToString() => Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"({code}) {Message}") : Message;

    /// <summary>Reads the error out of an answer's body, whatever that is.</summary>
    public static CloudApiError Read(ReadOnlyMemory<byte> body, HttpStatusCode status)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.Member("error") is { ValueKind: JsonValueKind.Object } error)
            {
                var details = error.Member("error_data")?.Text("details");
                var message = details ?? error.Text("message") ?? "no message";
                return new(error.Number("code") is { } code and >= int.MinValue and <= int.MaxValue ? (int)code : null, message.Length > MaxMessage ? message[..MaxMessage] : message);
            }
        }
        catch (JsonException)
        {
            // a proxy's page, or nothing: the status has to do
        }

        return new(null, string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}"));
    }
}
