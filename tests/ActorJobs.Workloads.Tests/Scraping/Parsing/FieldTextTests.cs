using System.Globalization;
using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Enrichment;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class FieldTextTests
{
    [Theory]
    [InlineData("2026-11-02", "2026-11-02")]
    [InlineData("2026-11-02T23:30:00-05:00", "2026-11-02")]
    [InlineData("2.11.2026", "2026-11-02")]
    [InlineData("02.11.2026", "2026-11-02")]
    [InlineData("November 2, 2026", "2026-11-02")]
    [InlineData("2nd November 2026", "2026-11-02")]
    [InlineData("Nov 2, 2026", "2026-11-02")]
    [InlineData("Mon, 02 Nov 2026 23:30:00 GMT", "2026-11-02")]
    [InlineData("2 Nov 2026 23:30 -0500", "2026-11-02")]
    [InlineData("Mon, 2 Nov 2026", "2026-11-02")]
    [InlineData("Mon, 31 Feb 2026 23:30:00 GMT", null)]
    [InlineData("14/11/2026", "2026-11-14")]
    [InlineData("11/14/2026", "2026-11-14")]
    [InlineData("05/05/2026", "2026-05-05")]
    [InlineData("03/04/2026", null)]
    [InlineData("31/02/2026", null)]
    [InlineData("15/00/2026", null)]
    [InlineData("15/01/0000", null)]
    [InlineData("0001-01-01", null)]
    [InlineData("soon", null)]
    public void A_date_is_read_unless_it_could_be_two(string text, string? expected) =>
        Assert.Equal(expected, DateText.Parse(text)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("FULL_TIME", new[] { EmploymentType.FullTime })]
    [InlineData("Full-time or part time", new[] { EmploymentType.FullTime, EmploymentType.PartTime })]
    [InlineData("Teilzeit, befristet", new[] { EmploymentType.PartTime, EmploymentType.Temporary })]
    [InlineData("Vollzeit, unbefristet", new[] { EmploymentType.FullTime })]
    [InlineData("Praktikum", new[] { EmploymentType.Intern })]
    [InlineData("flexible", new EmploymentType[0])]
    public void Employment_types_are_read(string text, EmploymentType[] expected) => Assert.Equal(expected, EmploymentTypeText.Parse(text));

    [Theory]
    [InlineData("Remote (EU)", true)]
    [InlineData("Berlin or home office", true)]
    [InlineData("This is not a remote position", false)]
    [InlineData("Berlin", false)]
    public void Remote_work_is_recognised(string text, bool expected) => Assert.Equal(expected, RemoteText.Says(text));

    [Theory]
    [InlineData("Senior Engineer", null, Seniority.Senior)]
    [InlineData("Head of Data", null, Seniority.Executive)]
    [InlineData("Principal Engineer", null, Seniority.Lead)]
    [InlineData("Working Student Marketing", null, Seniority.Intern)]
    [InlineData("Engineer", "You have 5+ years of professional experience.", Seniority.Senior)]
    [InlineData("Engineer", "2-3 years of experience", Seniority.Mid)]
    [InlineData("Engineer", "We have been here for 30 years. Experience the sea.", null)]
    [InlineData("Internal Auditor", null, null)]
    public void Seniority_comes_from_the_title_else_from_the_years(string title, string? text, Seniority? expected) =>
        Assert.Equal(expected, SeniorityRules.Of(title, text));

    [Theory]
    [InlineData("You will work with our team and the customers, and you are good at this.", "en")]
    [InlineData("Wir suchen eine Person, die mit der Maschine und dem Team bei uns arbeitet.", "de")]
    [InlineData("Vous travaillez avec nous dans une équipe pour les clients et la qualité.", "fr")]
    [InlineData("C# .NET SQL", null)]
    public void A_language_is_guessed_from_small_words(string text, string? expected) => Assert.Equal(expected, LanguageGuess.Of(text));
}
