namespace ActorJobs.Workloads.Conversations;

/// <summary>What is said to a customer.</summary>
/// <param name="Text">The text, at most 4096 characters; 1024 with choices.</param>
public sealed record OutboundContent(string Text)
{
    /// <summary>The longest text without choices, by the Cloud API.</summary>
    public const int MaxText = 4_096;

    /// <summary>The longest text with choices, by the Cloud API.</summary>
    public const int MaxTextWithChoices = 1_024;

    /// <summary>What may be tapped: up to three are buttons, up to ten a list.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>What opens a list.</summary>
    public string? ListLabel { get; init; }

    /// <summary>What is sent instead when the 24-hour window is closed; null: then nothing may be sent.</summary>
    public TemplateContent? Template { get; init; }
}

/// <summary>Something to tap.</summary>
/// <param name="Id">Comes back with the tap.</param>
/// <param name="Title">At most 20 characters on a button, 24 in a list.</param>
public sealed record Choice(string Id, string Title)
{
    /// <summary>The longest title of a button.</summary>
    public const int MaxTitle = 20;

    /// <summary>A choice that does something (see <see cref="MessageReader.ReadChoice"/>).</summary>
    internal static Choice Of(Acts act, string title) => new($"act:{act}", Short(title));

    /// <summary>A choice of an item.</summary>
    internal static Choice Of(ItemOption item, Language language) => new($"item:{item.Sku}", Short(item.Name.In(language)));

    private static string Short(string title) => title.Length <= MaxTitle ? title : string.Concat(title.AsSpan(0, MaxTitle - 1), "…");
}

/// <summary>A message that Meta has approved, with what fills its gaps.</summary>
/// <param name="Name">Its name at Meta.</param>
/// <param name="Language">Its language's code at Meta, for instance <c>pt_BR</c>.</param>
/// <param name="Parameters">What stands in the gaps of its body.</param>
public sealed record TemplateContent(string Name, string Language, IReadOnlyList<string> Parameters);
