using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What a deployer sets for conversations. Bound from <c>ActorJobs:Conversations</c>; configuration wins over what code sets.</summary>
[ClosedSettings]
public sealed class ConversationsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Conversations";

    /// <summary>
    /// What is sold and how it is charged, relative to the content root. Default: <c>config/catalogue.yaml</c>; a copy inside the assembly stands in when it
    /// is absent.
    /// </summary>
    [Required]
    public string Catalogue { get; set; } = "config/catalogue.yaml";

    /// <summary>Through what messages leave. Default: <see cref="ConversationGateway.Loopback"/>.</summary>
    public ConversationGateway Gateway { get; set; } = ConversationGateway.Loopback;

    /// <summary>
    /// The secret Meta signs webhooks with (App settings, Basic). Without it no webhook is taken. Default: none.
    /// </summary>
    public string? AppSecret { get; set; }

    /// <summary>The word Meta repeats when the webhook is set up; choose one yourself. Default: none, and then it cannot be set up.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>Where customers reach this node, for the links to quotes: <c>https://shop.example/</c>. Default: none, and then messages hold no link.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How long a customer may be silent before they are reminded, once. Default: 3 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromHours(3);

    /// <summary>How long a customer may be silent before an order without a quote expires; with a quote its validity counts. Default: 2 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ExpireAfter { get; set; } = TimeSpan.FromDays(2);

    /// <summary>
    /// How long, after an attempt to send of which no answer came, the network's report is awaited before the message is sent once more. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan DoubtFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a conversation is kept after it was last heard of. Default: 180 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>A template with one gap (the customer's name) that Meta approved for reminders outside of the 24-hour window. Default: none.</summary>
    [RegularExpression("^[a-z0-9_]{1,512}$")]
    public string? ReminderTemplate { get; set; }

    /// <summary>How often conversations that wait for a job are looked through, for what a dead process or a full queue has left. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan WorkSweep { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages that are sent at once. Default: 16.</summary>
    [Range(1, 1_000)]
    public int SendConcurrency { get; set; } = 16;

    /// <summary>Meta's Cloud API.</summary>
    public CloudApiOptions CloudApi { get; } = new();

    /// <summary>Limits of sending.</summary>
    public PaceOptions Pace { get; } = new();
}

/// <summary>Through what messages leave.</summary>
public enum ConversationGateway
{
    /// <summary>They reach the telephones this node shows under <c>/phone</c>.</summary>
    Loopback,

    /// <summary>Meta's Cloud API.</summary>
    CloudApi,
}

/// <summary>How Meta's Cloud API is reached.</summary>
[ClosedSettings]
public sealed class CloudApiOptions
{
    /// <summary>Its address. Default: <c>https://graph.facebook.com/</c>.</summary>
    [Required]
    public Uri Url { get; set; } = new("https://graph.facebook.com/");

    /// <summary>The version of its API. Default: <c>v23.0</c>.</summary>
    [Required, RegularExpression(@"^v\d{1,3}\.\d$")]
    public string Version { get; set; } = "v23.0";

    /// <summary>The access token of a system user with <c>whatsapp_business_messaging</c>. Required for the gateway <c>cloudapi</c>. Default: none.</summary>
    public string? AccessToken { get; set; }

    /// <summary>How long an answer may take; then it is not known whether the message was taken. Default: 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Limits of sending, for the whole cluster. Defaults are Meta's.</summary>
[ClosedSettings]
public sealed class PaceOptions
{
    /// <summary>
    /// Messages in any second from one business number: the rate by key of the queue <c>conversations_send</c>, unless that is set itself. Default: 80.
    /// </summary>
    [Range(1, 1_000)]
    public int PerSecond { get; set; } = 80;

    /// <summary>The time between messages to the same customer, on average. Default: 6 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan PairInterval { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How many messages may go to the same customer in advance of that. Default: 45.</summary>
    [Range(1, 1_000)]
    public int PairBurst { get; set; } = 45;
}
