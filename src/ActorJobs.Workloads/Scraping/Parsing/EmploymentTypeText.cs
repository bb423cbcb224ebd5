namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>Reads kinds of employment: schema.org's words and those people write.</summary>
internal static class EmploymentTypeText
{
    private static readonly (string Word, EmploymentType Type)[] Words =
    [
        ("fulltime", EmploymentType.FullTime), ("vollzeit", EmploymentType.FullTime), ("permanent", EmploymentType.FullTime),
        ("parttime", EmploymentType.PartTime), ("teilzeit", EmploymentType.PartTime),
        ("contract", EmploymentType.Contractor), ("freelance", EmploymentType.Contractor),
        ("temporary", EmploymentType.Temporary), ("fixedterm", EmploymentType.Temporary), ("befristet", EmploymentType.Temporary),
        ("intern", EmploymentType.Intern), ("praktikum", EmploymentType.Intern), ("apprentice", EmploymentType.Intern),
        ("volunteer", EmploymentType.Volunteer), ("perdiem", EmploymentType.PerDiem), ("other", EmploymentType.Other),
    ];

    /// <summary>The kinds named in <paramref name="text"/>, in the order of <see cref="EmploymentType"/>; empty when it names none.</summary>
    public static IReadOnlyList<EmploymentType> Parse(string text)
    {
        var letters = string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();
        // "unbefristet" is the opposite of "befristet"
        letters = letters.Replace("unbefristet", "", StringComparison.Ordinal);
        return [.. Words.Where(entry => letters.Contains(entry.Word, StringComparison.Ordinal)).Select(entry => entry.Type).Distinct().Order()];
    }
}
