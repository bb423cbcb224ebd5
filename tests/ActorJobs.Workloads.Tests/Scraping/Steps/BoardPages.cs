using System.Globalization;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>
/// Postings as hosted boards and careers pages show them to people: ten layouts with the headings, names and separators their pages are known for, and no markup for
/// machines. Not every layout shows every field; what one does not show is no part of the truth.
/// </summary>
internal static class BoardPages
{
    public const int Count = 60;

    /// <summary>Further pages, of four layouts that were added after the reader was finished. The last of them tells most of it in sentences, which are not read.</summary>
    public const int HeldOut = 24;

    private static readonly (string Hidden, Func<View, string> Page)[] Styles =
    [
        ("posted valid remote", Greenhouse),
        ("posted valid", Lever),
        ("posted valid salary", Workable),
        ("posted valid", Ashby),
        ("valid salary", Teamtailor),
        ("posted valid salary", Recruitee),
        ("posted valid", Bamboo),
        ("salary remote", WordPress),
        ("posted", Authority),
        ("remote", Intranet),
    ];

    private static readonly (string Hidden, Func<View, string> Page)[] HeldOutStyles =
    [
        ("posted valid salary remote", Subtitle),
        ("posted valid salary remote", Meta),
        ("valid remote", Attributes),
        ("posted remote", Prose),
    ];

    /// <summary>What the page shows of the truth.</summary>
    public static Dictionary<string, string> Shown(int number, Dictionary<string, string> truth)
    {
        var hidden = StyleOf(number).Hidden.Split(' ');
        return truth.ToDictionary(field => field.Key, field => hidden.Contains(field.Key) ? "" : field.Value);
    }

    /// <summary>The page of a posting.</summary>
    /// <param name="number">From 0; chooses the layout.</param>
    /// <param name="id">The posting's number on the site.</param>
    /// <param name="truth">What it says.</param>
    /// <param name="type">The kind of employment as people write it.</param>
    public static string Page(int number, int id, Dictionary<string, string> truth, string type) => StyleOf(number).Page(new View(id, truth, type));

    // one layout after another, six pages each: what a posting says goes by its number, and each layout shall show all of it
    private static (string Hidden, Func<View, string> Page) StyleOf(int number) =>
        number < Count ? Styles[number * Styles.Length / Count] : HeldOutStyles[(number - Count) * HeldOutStyles.Length / HeldOut];

    private static string Greenhouse(View view) => $"""
        <!doctype html><html lang="en"><head><title>Job Application for {view.Title} at {view.Company}</title></head><body>
        <div id="app_body"><div id="header"><a href="/">View all jobs</a><h1 class="app-title">{view.Title}</h1><span class="company-name">at {view.Company}</span>
        <div class="location">{view.City}</div></div>
        <div id="content"><p><strong>About the role</strong></p><p>Work number {view.Id} is good work.</p><ul><li>Care for things: all of them</li></ul>
        <p>Employment type: {view.Type}</p>{view.Pay("<div class='pay-range'><span>€{0},000</span><span class='divider'>&mdash;</span><span>€{1},000 EUR per year</span></div>", "<div class='content-pay-transparency'><div class='title'>Pay range</div>", "</div>")}</div>
        <div id="application"><a id="apply_button" href="/apply/{view.Id}">Apply Now</a></div></div></body></html>
        """;

    private static string Lever(View view) => $"""
        <!doctype html><html><head><title>{view.Company} - {view.Title}</title></head><body><div class="page show"><div class="section page-centered posting-header">
        <div class="posting-headline"><h2>{view.Title}</h2><div class="posting-categories"><div class="sort-by-time posting-category medium-category-label width-full location">{view.City} /</div>
        <div class="sort-by-team posting-category medium-category-label department">Operations /</div><div class="sort-by-commitment posting-category medium-category-label commitment">{view.Type} /</div>
        <div class="sort-by-time posting-category medium-category-label workplaceTypes">{(view.IsRemote ? "Remote" : "On-site")}</div></div></div></div>
        <div class="section page-centered"><div>Work number {view.Id} is good work.</div></div><div class="section page-centered"><h3>What you will do</h3><ul class="posting-requirements"><li>Care for things</li></ul></div>
        {view.Pay("<div class='section page-centered' data-qa='salary-range'>€{0},000 - €{1},000 a year</div>")}
        <div class="section page-centered last-section-apply"><a class="postings-btn template-btn-submit" href="/apply/{view.Id}">Apply for this job</a></div></div></body></html>
        """;

    private static string Workable(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} - {view.Company}</title><meta property="og:site_name" content="{view.Company}"></head><body><main>
        <section><h1 data-ui="job-title">{view.Title}</h1><div><span data-ui="job-workplace">{(view.IsRemote ? "Remote" : "On-site")}</span><div data-ui="job-location">{view.City}</div><span data-ui="job-type">{view.Type}</span></div></section>
        <section data-ui="job-description"><h2>Description</h2><p>Work number {view.Id} is good work.</p></section><section data-ui="job-requirements"><h2>Requirements</h2><ul><li>Care</li></ul></section>
        <a data-ui="overview-apply-now" href="/apply/{view.Id}">Apply for this job</a></main></body></html>
        """;

    private static string Ashby(View view) => $"""
        <!doctype html><html><head><title>{view.Title} @ {view.Company}</title></head><body><div id="root"><h1 class="ashby-job-posting-heading">{view.Title}</h1>
        <div class="ashby-job-posting-left-pane"><div class="_section_1"><h2>Location</h2><p>{view.City}</p></div><div class="_section_1"><h2>Employment Type</h2><p>{view.Type}</p></div>
        <div class="_section_1"><h2>Location Type</h2><p>{(view.IsRemote ? "Remote" : "On-site")}</p></div><div class="_section_1"><h2>Department</h2><p><span>Operations</span></p></div>
        {view.Pay("<div class='_section_1'><h2>Compensation</h2><ul><li><span>€{0}K – €{1}K</span> per year</li></ul></div>")}</div>
        <div class="ashby-job-posting-right-pane"><div><p>Work number {view.Id} is good work.</p><h2>What you'll do</h2><ul><li>Care</li></ul></div><a href="/apply/{view.Id}">Apply for this Job</a></div></div></body></html>
        """;

    private static string Teamtailor(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} - {view.Company}</title></head><body><nav><a href="/locations">Locations</a><a href="/departments">Departments</a></nav><main>
        <section><h1>{view.Title}</h1><a href="/apply/{view.Id}">Apply for this job</a></section><section><p>Work number {view.Id} is good work.</p></section>
        <section class="company-info"><dl><dt>Department</dt><dd>Operations</dd><dt>Locations</dt><dd>{view.City}</dd><dt>Remote status</dt><dd>{(view.IsRemote ? "Fully remote" : "On-site")}</dd>
        <dt>Employment type</dt><dd>{view.Type}</dd><dt>Published on</dt><dd><time datetime="{view.Posted:yyyy-MM-dd}">{view.Posted.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}</time></dd></dl></section></main>
        <footer><p>Career site of {view.Company}</p></footer></body></html>
        """;

    private static string Recruitee(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} - {view.Company} - Careers</title></head><body><header><a href="/">Jobs</a></header>
        <div class="sc-1"><h1>{view.Title}</h1><ul class="sc-2"><li class="sc-3"><span class="custom-css-style-job-location"><span class="custom-css-style-job-location-city">{view.City}</span></span></li>
        <li class="custom-css-style-job-employment-type">{view.Type}</li>{(view.IsRemote ? "<li class='custom-css-style-job-remote'>Remote</li>" : "")}</ul><a href="/apply/{view.Id}">Apply</a></div>
        <section><h2>Job description</h2><p>Work number {view.Id} is good work.</p><h2>Job requirements</h2><ul><li>Care</li></ul></section></body></html>
        """;

    private static string Bamboo(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} | {view.Company}</title></head><body><main><div><h1>{view.Title}</h1><p>{view.City} · Operations</p></div>
        <div><div><p>Link to This Job</p></div><div><p>Location</p><p>{view.City}</p></div><div><p>Department</p><p>Operations</p></div><div><p>Employment Type</p><p>{view.Type}</p></div>
        {view.Pay("<div><p>Compensation</p><p>EUR {0}.000 - {1}.000 pro Jahr</p></div>")}{(view.IsRemote ? "<div><p>Location Type</p><p>Remote</p></div>" : "")}</div>
        <div><h2>About the role</h2><p>Work number {view.Id} is good work.</p></div><a href="/apply/{view.Id}">Apply for This Job</a></main></body></html>
        """;

    private static string WordPress(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} – {view.Company}</title></head><body class="single-job_listing"><article><header><h1 class="entry-title">{view.Title}</h1></header>
        <div class="single_job_listing"><ul class="job-listing-meta meta"><li class="job-type {view.Type.ToLowerInvariant()}">{view.Type}</li><li class="location"><a class="google_map_link" href="https://maps.example/?q=x">{view.City}</a></li>
        <li class="date-posted"><time datetime="{view.Posted:yyyy-MM-dd}">Posted 3 weeks ago</time></li>{(view.Valid is { } valid ? $"<li class='application-deadline'><label>Closes:</label> {valid:yyyy-MM-dd}</li>" : "")}</ul>
        <div class="company"><p class="name"><strong>{view.Company}</strong></p></div><div class="job_description"><p>Work number {view.Id} is good work.</p></div>
        <div class="job_application application"><a class="application_button" href="/apply/{view.Id}">Apply for job</a></div></div></article></body></html>
        """;

    private static string Authority(View view) => $"""
        <!doctype html><html lang="de"><head><title>{view.Title} - {view.Company}</title></head><body><div id="main"><h1>{view.Title}</h1>
        <p><strong>Arbeitgeber:</strong> {view.Company}<br><strong>Arbeitsort:</strong> {view.City}<br><strong>Beschäftigung:</strong> {view.Type}<br>
        {view.Pay("<b>Gehalt</b>: {0}.000 bis {1}.000 € pro Jahr<br>")}{(view.Valid is { } valid ? $"<strong>Bewerbungsfrist:</strong> {valid:dd.MM.yyyy}<br>" : "")}{(view.IsRemote ? "<strong>Homeoffice:</strong> möglich<br>" : "")}</p>
        <h2>Ihre Aufgaben</h2><ul><li>Arbeit Nummer {view.Id}</li></ul><p><a href="/apply/{view.Id}">Jetzt bewerben</a></p></div></body></html>
        """;

    private static string Intranet(View view) => $"""
        <html><head><title>Vacancy: {view.Title}</title></head><body><font size="2"><table border="0"><tr><td><h1>{view.Title}</h1></td></tr></table>
        <table border="1"><tr><td><b>Employer</b></td><td>{view.Company}</td></tr><tr><td><b>Place of work</b></td><td>{view.City}</td></tr><tr><td><b>Contract type</b></td><td>{view.Type}</td></tr>
        <tr><td><b>Date posted</b></td><td>{view.Posted.ToString("dd MMM yyyy", CultureInfo.InvariantCulture)}</td></tr>{view.Pay("<tr><td><b>Salary</b></td><td>EUR {0} 000 - {1} 000 p.a.</td></tr>")}
        {(view.Valid is { } valid ? $"<tr><td><b>Closing date</b></td><td>{valid.ToString("dd MMM yyyy", CultureInfo.InvariantCulture)}</td></tr>" : "")}</table>
        <p>Work number {view.Id} is good work.</p><a href="/apply/{view.Id}">How to apply</a></font></body></html>
        """;

    private static string Subtitle(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} | Jobs at {view.Company}</title></head><body><div class="detail-hero"><h1 class="detail-title">{view.Title}</h1>
        <p class="detail-subtitle"><span>{view.Type}</span> · <span>{view.City}</span></p></div><div class="detail-content"><h2>Your profile</h2><p>Work number {view.Id} is good work.</p></div>
        <h2>We offer</h2><p>Care.</p><a class="button" href="/apply/{view.Id}">Apply for this position</a></body></html>
        """;

    private static string Meta(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} at {view.Company}</title></head><body><div class="banner"><h1>{view.Title}</h1>
        <ul class="meta"><li class="location"><i class="fa fa-map-marker"></i><span>{view.City}</span></li><li class="type"><i class="fa fa-building"></i><span>{view.Type}</span></li><li class="department"><span>Operations</span></li></ul></div>
        <div class="description"><p>Work number {view.Id} is good work.</p></div><a class="button apply" href="/apply/{view.Id}">Apply To Position</a></body></html>
        """;

    private static string Attributes(View view) => $"""
        <!doctype html><html lang="en"><head><title>{view.Title} - {view.Company} - Career Page</title></head><body><div class="job-header"><h1>{view.Title}</h1>
        <ul class="job-attributes-container"><li title="Location"><i class="fa"></i>{view.City}</li><li title="Type"><i class="fa"></i>{view.Type}</li><li title="Posted"><i class="fa"></i>{view.Posted:yyyy-MM-dd}</li>
        {view.Pay("<li title='Compensation'><i class='fa'></i>€{0},000 - €{1},000 per year</li>")}</ul></div><div id="job-description"><h3>Responsibilities</h3><p>Work number {view.Id} is good work.</p></div>
        <a href="/apply/{view.Id}">Apply</a></body></html>
        """;

    private static string Prose(View view) => $"""
        <html><head><title>{view.Company}: {view.Title}</title></head><body><h1>{view.Title}</h1><p>{view.Company} is looking for a colleague in {view.City}. The position is {view.Type.ToLowerInvariant()}.</p>
        <p>Work number {view.Id} is good work.</p>{view.Pay("<p>We pay €{0},000 to €{1},000 per year.</p>")}{(view.Valid is { } valid ? $"<p>Please apply by {valid.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.</p>" : "")}
        <h2>Requirements</h2><ul><li>Care</li></ul><h2>Benefits</h2><ul><li>More care</li></ul><a href="/apply/{view.Id}">Apply here</a></body></html>
        """;

    private sealed class View(int id, Dictionary<string, string> truth, string type)
    {
        public int Id => id;

        public string Title => truth["title"];

        public string Company => truth["company"];

        public string City => truth["location"];

        public string Type => type;

        public bool IsRemote => truth["remote"].Length > 0;

        public DateOnly Posted => Day(truth["posted"]);

        public DateOnly? Valid => truth["valid"].Length > 0 ? Day(truth["valid"]) : null;

        /// <summary>The pay in thousands, low and high; nothing when there is none.</summary>
        public string Pay(string format, string before = "", string after = "") => truth["salary"].Length == 0
            ? ""
            : before + string.Format(CultureInfo.InvariantCulture, format, truth["salary"][..2], truth["salary"][6..8]) + after;

        private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
