using System.Globalization;
using System.Text;

namespace ActorJobs.Workloads.Conversations;

/// <summary>A quote as a message. Pure.</summary>
internal static class QuoteText
{
    public static string Of(Quote quote, string number, Language language)
    {
        var text = new StringBuilder($"*{QuoteWords.Quote.In(language)} {number}*\n");
        foreach (var line in quote.Lines)
            text.Append(CultureInfo.InvariantCulture, $"{MoneyText.Number(line.Quantity, language)} {line.Unit.In(language)} {line.Name.In(language)}: {Money(line.Amount)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{QuoteWords.Goods.In(language)}: {Money(quote.Goods)}\n");
        foreach (var deduction in quote.Deductions)
            text.Append(CultureInfo.InvariantCulture, $"{QuoteWords.Deduction(deduction, language)}: -{Money(deduction.Amount)}\n");
        var freight = quote.Freight.Amount == 0 ? QuoteWords.Free.In(language) : Money(quote.Freight.Amount);
        text.Append(CultureInfo.InvariantCulture, $"{QuoteWords.Delivery.In(language)} ({quote.Freight.Zone}): {freight}\n");
        foreach (var tax in quote.Taxes)
            text.Append(CultureInfo.InvariantCulture, $"{QuoteWords.Tax(tax, language)}: {Money(tax.Amount)}\n");
        text.Append(CultureInfo.InvariantCulture, $"*{QuoteWords.Total.In(language)}: {Money(quote.Total)}*\n");
        text.Append(CultureInfo.InvariantCulture, $"{QuoteWords.ValidUntil.In(language)} {MoneyText.Day(quote.ValidUntil, language)}");
        if (quote.CouponRefusal is { } refusal)
            text.Append(CultureInfo.InvariantCulture, $"\n{QuoteWords.Of(refusal).In(language)}");
        return text.ToString();

        string Money(decimal amount) => MoneyText.Amount(amount, quote.Currency, quote.Decimals, language);
    }
}
