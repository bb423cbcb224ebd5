using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.CatalogueFiles;

public sealed class CatalogueReaderTests
{
    private static readonly string[] Shipped = File.ReadAllLines(Catalogues.ShippedPath);

    [Fact]
    public void The_shipped_catalogue_is_valid() => Assert.Equal(12, Catalogues.Shipped.Items.Count);

    [Theory]
    [InlineData("currency: BRL", "currency: real", "three capital letters")]
    [InlineData("decimals: 2", "decimals: many", "is not a number")]
    [InlineData("minimum-order: 150.00", "minimum-oder: 150.00", "there is no such key")]
    [InlineData("validity-days: 7", "validity-days: 0", "is not a number from 1")]
    [InlineData("    unit: sack", "    unit: sak", "there is no unit 'sak'")]
    [InlineData("    prices: [{ from: 1, price: 38.90 }, { from: 20, price: 36.50 }, { from: 100, price: 34.20 }]", "    prices: [{ from: 20, price: 38.90 }, { from: 1, price: 36.50 }]", "must grow")]
    [InlineData("    prices: [{ from: 1, price: 38.90 }, { from: 20, price: 36.50 }, { from: 100, price: 34.20 }]", "    prices: [{ from: 1, price: 30 }, { from: 20, price: 36.50 }]", "must not rise")]
    [InlineData("    packs: { pallet: 40 }", "    packs: { palet: 40 }", "there is no unit 'palet'")]
    [InlineData("  - sku: MOR-20", "  - sku: CEM-50", "is there twice")]
    [InlineData("    weight: 50", "    weight: heavy", "'heavy' is not a number")]
    [InlineData("    postal-codes: [\"11000-000..19999-999\"]", "    postal-codes: [\"19999-999..11000-000\"]", "is not a range")]
    [InlineData("    postal-codes: [\"11000-000..19999-999\"]", "    postal-codes: [\"05000-000..19999-999\"]", "of the zone 'City' are here as well")]
    [InlineData("  stacking: sequence", "  stacking: all", "is not one of best, sum, sequence")]
    [InlineData("    - { code: WELCOME5, percent: 5 }", "    - { code: WELCOME5, percent: 5, amount: 5 }", "either percent or amount")]
    [InlineData("    - { code: WELCOME5, percent: 5 }", "    - { code: WELCOME5, percent: 5, until: 31.12.2027 }", "is not a day")]
    [InlineData("    - { number: \"5511999990001\", percent: 3 }", "    - { number: \"+5511999990001\", percent: 3 }", "digits only")]
    public void An_error_is_told_with_its_line(string line, string instead, string expected)
    {
        var index = Array.FindIndex(Shipped, candidate => candidate.StartsWith(line, StringComparison.Ordinal));
        Assert.True(index >= 0, $"'{line}' is not in the shipped catalogue.");

        var reading = CatalogueReader.Read(string.Join('\n', [.. Shipped[..index], instead, .. Shipped[(index + 1)..]]));

        Assert.Null(reading.Catalogue);
        Assert.Contains(reading.Problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal) && problem.Line - index is >= -6 and <= 3);
        Assert.Contains(reading.Problems, problem => problem.Line == index + 1 || expected is "of the zone 'City' are here as well" or "is there twice");
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_their_lines()
    {
        var reading = CatalogueReader.Read("business: x\ncurrency: y\nitems: 7\nfreight: []\n");

        Assert.True(reading.Problems.Count > 5);
        Assert.Equal(reading.Problems.Select(problem => problem.Line).Order(), reading.Problems.Select(problem => problem.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("just a text")]
    [InlineData("- a\n- list")]
    [InlineData("a: [1, 2")]
    [InlineData("a: 1\na: 2")]
    [InlineData("---\na: 1\n---\nb: 2")]
    public void What_is_no_catalogue_is_a_problem_and_not_a_failure(string yaml)
    {
        var reading = CatalogueReader.Read(yaml);

        Assert.Null(reading.Catalogue);
        Assert.NotEmpty(reading.Problems);
    }
}
