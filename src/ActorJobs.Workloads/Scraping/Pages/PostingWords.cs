using System.Globalization;

namespace ActorJobs.Workloads.Scraping.Pages;

/// <summary>A posting's fields as people read them.</summary>
internal static class PostingWords
{
    public static string Place(Posting posting)
    {
        var places = string.Join("; ", posting.Locations);
        return (places.Length, posting.Remote) switch
        {
            (0, true) => "Remote",
            (0, _) => "–",
            (_, true) => $"{places} (remote possible)",
            _ => places,
        };
    }

    public static string Pay(Salary? salary)
    {
        if (salary is null)
            return "–";
        var range = (salary.Min, salary.Max) switch
        {
            ({ } min, { } max) when min == max => Amount(min),
            ({ } min, { } max) => $"{Amount(min)} – {Amount(max)}",
            ({ } min, null) => $"from {Amount(min)}",
            (null, { } max) => $"up to {Amount(max)}",
            _ => "",
        };
        return $"{range} {salary.Currency}{(salary.Period is { } period ? " per " + period.ToString().ToLowerInvariant() : "")}".Trim();
    }

    private static string Amount(decimal amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);
}
