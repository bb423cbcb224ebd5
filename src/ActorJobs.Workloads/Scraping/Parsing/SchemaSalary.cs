namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Reads <c>baseSalary</c> as a <c>MonetaryAmount</c>, a bare number with <c>salaryCurrency</c>, or text.</summary>
internal static class SchemaSalary
{
    public static Salary? Read(SchemaItem posting)
    {
        var amount = posting.Items("baseSalary").FirstOrDefault() ?? posting.Items("estimatedSalary").FirstOrDefault();
        return amount is null ? FromText(posting) : FromAmount(amount, posting);
    }

    /// <summary>What stands where the pay should, for a report; null when nothing does, or a template's zero.</summary>
    public static string? Words(SchemaItem posting)
    {
        if ((posting.Text("baseSalary") ?? posting.Text("estimatedSalary") ?? posting.Text("salary")) is { } text)
            return text;
        if ((posting.Items("baseSalary").FirstOrDefault() ?? posting.Items("estimatedSalary").FirstOrDefault()) is not { } amount)
            return null;
        var value = amount.Items("value").FirstOrDefault() ?? amount;
        string?[] stated = [value.Text("value"), value.Text("minValue") ?? amount.Text("minValue"), value.Text("maxValue") ?? amount.Text("maxValue")];
        var words = stated.OfType<string>().Where(number => AmountText.Number(number) != 0).Distinct(StringComparer.Ordinal);
        return string.Join(" / ", words) is { Length: > 0 } found ? found : null;
    }

    private static Salary? FromAmount(SchemaItem amount, SchemaItem posting)
    {
        var value = amount.Items("value").FirstOrDefault() ?? amount;
        var exact = Number(value.Text("value"));
        var min = Number(value.Text("minValue")) ?? Number(amount.Text("minValue")) ?? exact;
        var max = Number(value.Text("maxValue")) ?? Number(amount.Text("maxValue")) ?? exact;
        if (min is null && max is null)
            return null;
        if (min > max)
            (min, max) = (max, min);
        var currency = amount.Text("currency") ?? value.Text("currency") ?? posting.Text("salaryCurrency");
        var unit = value.Text("unitText") ?? amount.Text("unitText") ?? value.Text("unitCode");
        return new Salary(min, max, currency is null ? null : SalaryText.Currency(currency), unit is null ? null : SalaryText.Period(unit));
    }

    private static Salary? FromText(SchemaItem posting)
    {
        if (posting.Text("baseSalary") is not { } text)
            return null;
        if (SalaryText.Parse(text) is { } read)
            return read;
        return Number(text) is { } number ? new Salary(number, number, Currency(posting), null) : null;
    }

    private static string? Currency(SchemaItem posting) => posting.Text("salaryCurrency") is { } code ? SalaryText.Currency(code) : null;

    // zero is how templates write "unknown"
    private static decimal? Number(string? text) => text is not null && AmountText.Number(text) is > 0 and var number ? number : null;
}
