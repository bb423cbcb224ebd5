using System.Globalization;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class SalaryTextTests
{
    [Theory]
    [InlineData("€60,000 – €75,000 per year", "60000", "75000", "EUR", SalaryPeriod.Year)]
    [InlineData("60.000 - 75.000 EUR", "60000", "75000", "EUR", null)]
    [InlineData("60 000 – 75 000 € / Jahr", "60000", "75000", "EUR", SalaryPeriod.Year)]
    [InlineData("$120k-150k", "120000", "150000", "USD", null)]
    [InlineData("$120-150k a year", "120000", "150000", "USD", SalaryPeriod.Year)]
    [InlineData("US$ 90,000 to US$ 110,000 annually", "90000", "110000", "USD", SalaryPeriod.Year)]
    [InlineData("CHF 110'000", "110000", "110000", "CHF", null)]
    [InlineData("£45k", "45000", "45000", "GBP", null)]
    [InlineData("25 USD/hour", "25", "25", "USD", SalaryPeriod.Hour)]
    [InlineData("£15.50 per hour", "15.50", "15.50", "GBP", SalaryPeriod.Hour)]
    [InlineData("up to £45k", null, "45000", "GBP", null)]
    [InlineData("from $50,000", "50000", null, "USD", null)]
    [InlineData("€3.500,50 monthly", "3500.50", "3500.50", "EUR", SalaryPeriod.Month)]
    [InlineData("12 000 zł per month", "12000", "12000", "PLN", SalaryPeriod.Month)]
    [InlineData("290 to 340 kr an hour", "290", "340", null, SalaryPeriod.Hour)]
    [InlineData("75,000 - 60,000 EUR", "60000", "75000", "EUR", null)]
    [InlineData("Annual salary: $90,000. 40 hours a week", "90000", "90000", "USD", SalaryPeriod.Year)]
    [InlineData("We were founded in 1998, have 250 people and pay €70,000", "70000", "70000", "EUR", null)]
    [InlineData("$100,000+", "100000", null, "USD", null)]
    [InlineData("A$95,000 p.a.", "95000", "95000", "AUD", SalaryPeriod.Year)]
    public void Pay_is_read(string text, string? min, string? max, string? currency, SalaryPeriod? period) =>
        Assert.Equal(new Salary(Number(min), Number(max), currency, period), SalaryText.Parse(text));

    [Theory]
    [InlineData("competitive")]
    [InlineData("nach Tarif")]
    [InlineData("founded in 1998 with 250 people")]
    [InlineData("$0")]
    [InlineData("")]
    public void What_names_no_pay_gives_none(string text) => Assert.Null(SalaryText.Parse(text));

    [Fact]
    public void Hostile_text_is_read_in_bounded_time() =>
        Assert.Null(SalaryText.Parse(string.Concat(Enumerable.Repeat("1 000 000 ", 20_000))));

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
