namespace ActorJobs.Workloads.Conversations;

/// <summary>A language that is spoken with customers.</summary>
public enum Language
{
    /// <summary>English.</summary>
    En,

    /// <summary>Portuguese.</summary>
    Pt,

    /// <summary>Spanish.</summary>
    Es,
}

/// <summary>A text in every language.</summary>
public sealed record LocalText(string En, string Pt, string Es)
{
    /// <summary>The text in a language.</summary>
    public string In(Language language) => language switch
    {
        Language.Pt => Pt,
        Language.Es => Es,
        _ => En,
    };

    /// <summary>The same text in every language.</summary>
    public static LocalText Of(string text) => new(text, text, text);
}
