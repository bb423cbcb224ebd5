using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Amounts and quantities as people of a language write them.</summary>
internal static class MoneyText
{
    private static readonly NumberFormatInfo Point = new() { NumberDecimalSeparator = ".", NumberGroupSeparator = "," };
    private static readonly NumberFormatInfo Comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary><c>BRL 1,234.50</c> in English, <c>BRL 1.234,50</c> in Portuguese and Spanish.</summary>
    public static string Amount(decimal amount, string currency, int decimals, Language language) =>
        $"{currency} {amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), FormatOf(language))}";

    /// <summary>A number without needless zeros: <c>2.5</c>, <c>1,000</c>.</summary>
    public static string Number(decimal number, Language language) => number.ToString("#,0.###", FormatOf(language));

    public static string Day(DateTimeOffset at, Language language) =>
        at.UtcDateTime.ToString(language == Language.En ? "d MMM yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static NumberFormatInfo FormatOf(Language language) => language == Language.En ? Point : Comma;
}
