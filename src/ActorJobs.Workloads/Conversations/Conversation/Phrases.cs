namespace ActorJobs.Workloads.Conversations;

/// <summary>What the system says, in one language.</summary>
internal sealed partial record Phrases
{
    private Phrases(Language language) => Language = language;

    public Language Language { get; }

    public required string Welcome { get; init; }

    public required string AskItems { get; init; }

    /// <summary>{0} is the order so far.</summary>
    public required string AnythingElse { get; init; }

    /// <summary>{0} is the order so far.</summary>
    public required string YourOrder { get; init; }

    /// <summary>{0} is the item, {1} its unit.</summary>
    public required string HowMany { get; init; }

    /// <summary>{0} is the item, {1} the unit it comes in.</summary>
    public required string NotInThatUnit { get; init; }

    /// <summary>{0} is the item, {1} the step with its unit.</summary>
    public required string InStepsOf { get; init; }

    /// <summary>{0} is the word that may mean several items.</summary>
    public required string WhichOne { get; init; }

    public required string Choose { get; init; }

    public required string AskPostalCode { get; init; }

    public required string PostalCodeAgain { get; init; }

    /// <summary>{0} is the order, {1} the address.</summary>
    public required string Confirm { get; init; }

    public required string WhatToChange { get; init; }

    public required string Preparing { get; init; }

    public required string NotUnderstood { get; init; }

    public required string OfferPerson { get; init; }

    public required string HandedOver { get; init; }

    public required string HandedBack { get; init; }

    public required string StartedOver { get; init; }

    public required string OptedOut { get; init; }

    public required string OptedIn { get; init; }

    /// <summary>{0} is the quote's number, {1} the total.</summary>
    public required string Accepted { get; init; }

    public required string Declined { get; init; }

    public required string HowToImprove { get; init; }

    public required string AskDecision { get; init; }

    public required string QuoteExpired { get; init; }

    public required string RemindOrder { get; init; }

    public required string RemindQuote { get; init; }

    public required string Unreadable { get; init; }

    public required string AlreadyOver { get; init; }

    /// <summary>{0} lists goods.</summary>
    public required string WeSell { get; init; }

    /// <summary>{0} is the item.</summary>
    public required string NotSold { get; init; }

    /// <summary>{0} is the least amount.</summary>
    public required string BelowMinimum { get; init; }

    /// <summary>{0} is the postal code.</summary>
    public required string NotDelivered { get; init; }

    /// <summary>{0} is the heaviest load in kilograms, {1} the zone.</summary>
    public required string TooHeavy { get; init; }

    public required string Yes { get; init; }

    public required string Change { get; init; }

    public required string ThatsAll { get; init; }

    public required string StartOver { get; init; }

    public required string Person { get; init; }

    public required string Accept { get; init; }

    public required string Negotiate { get; init; }

    public required string Decline { get; init; }

    public required string Again { get; init; }

    public static Phrases In(Language language) => language switch
    {
        Language.Pt => Portuguese,
        Language.Es => Spanish,
        _ => English,
    };

    /// <summary>A language's code at Meta, for templates.</summary>
    public static string TemplateLanguage(Language language) => language switch
    {
        Language.Pt => "pt_BR",
        Language.Es => "es",
        _ => "en",
    };

    /// <summary>Why there is no quote.</summary>
    public string Refusal(QuoteResult.Refused refusal)
    {
        var bound = refusal.Bound is { } number ? MoneyText.Number(number, Language) : "";
        return refusal.Reason switch
        {
            QuoteRefusal.UnknownItem => Fill(NotSold, refusal.Subject),
            QuoteRefusal.BadQuantity => Fill(InStepsOf, refusal.Subject, bound),
            QuoteRefusal.BelowMinimum => Fill(BelowMinimum, MoneyText.Amount(refusal.Bound ?? 0, refusal.Subject, 2, Language)),
            QuoteRefusal.NotDelivered => Fill(NotDelivered, refusal.Subject),
            QuoteRefusal.TooHeavy => Fill(TooHeavy, bound, refusal.Subject),
            _ => AskItems,
        };
    }

    /// <summary>Fills the gaps of a phrase.</summary>
    public static string Fill(string phrase, params ReadOnlySpan<object?> gaps) => string.Format(System.Globalization.CultureInfo.InvariantCulture, phrase, gaps);
}
