using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Documents.Pages;

/// <summary>The pages of indexes and their buttons.</summary>
internal static class IndexPageRoutes
{
    public const string Path = "/indexes";
    private const int SimilarCount = 10;

    public static void MapIndexPages(this RouteGroupBuilder pages)
    {
        pages.MapGet(Path, ListAsync);
        pages.MapPost(Path, CreateAsync).Audit("index.define");
        pages.MapGet(Path + "/{name}", SearchAsync);
        pages.MapGet(Path + "/{name}/statistics", StatisticsAsync);
        pages.MapPost(Path + "/{name}/rebuild", RebuildAsync).Audit("index.rebuild");
        pages.MapPost(Path + "/{name}/rollback", RollBackAsync).Audit("index.rollback");
    }

    private static async Task<IResult> ListAsync(IndexCatalog catalog, DocumentSources sources, Embedders embedders, CancellationToken cancellationToken)
    {
        var views = new List<IndexView>();
        foreach (var definition in catalog.List())
            views.Add(await IndexView.OfAsync(catalog, definition, cancellationToken));
        return new RazorComponentResult<IndexListPage>(new { Indexes = views, Sources = sources.Names.ToArray(), EmbedderNames = embedders.Names.ToArray() });
    }

    private static async Task<IResult> SearchAsync(
        string name, string? like, [AsParameters] SearchRequest request, IndexCatalog catalog, CatalogSearch search, CancellationToken cancellationToken)
    {
        if (catalog.Find(name) is not { } definition)
            return Refuse(IndexControl.NoSuchIndex(name));
        // nothing typed yet is no mistake
        var (query, problem) = string.IsNullOrWhiteSpace(request.Q) ? default : request.Read();
        return new RazorComponentResult<SearchPage>(new
        {
            Index = await IndexView.OfAsync(catalog, definition, cancellationToken),
            Text = request.Q,
            Mode = query?.Mode ?? SearchMode.Hybrid,
            Under = request.Under,
            Like = like,
            Answer = query is not null ? await search.SearchAsync(name, query, cancellationToken)
                : problem is null && !string.IsNullOrEmpty(like) ? await search.SimilarAsync(name, new SimilarQuery(like, SimilarCount), cancellationToken)
                : null,
            Problem = problem?.Detail,
        })
        { StatusCode = problem?.Status };
    }

    private static async Task<IResult> StatisticsAsync(string name, IndexCatalog catalog, CancellationToken cancellationToken) =>
        catalog.Find(name) is { } definition
            ? new RazorComponentResult<StatisticsPage>(new { Statistics = await IndexStatistics.OfAsync(catalog, definition, cancellationToken) })
            : Refuse(IndexControl.NoSuchIndex(name));

    private static async Task<IResult> CreateAsync(HttpContext context, IndexCatalog catalog, IndexControl control, PageState page)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString();
        if (catalog.Find(name) is not null)
            return Refuse(Problems.Conflict("index-exists", $"There is an index '{name}' already."));
        var (definition, _, problem) = control.Define(name, form["source"], form["embedder"]);
        return definition is null ? Refuse(problem!) : await RebuildAsync(name, control, page, context.RequestAborted);
    }

    private static async Task<IResult> RebuildAsync(string name, IndexControl control, PageState page, CancellationToken cancellationToken)
    {
        var (accepted, problem) = await control.RebuildAsync(name, refit: false, cancellationToken);
        return accepted is null ? Refuse(problem!) : page.SeeOther($"/jobs/{Uri.EscapeDataString(accepted.Id.Value)}");
    }

    private static async Task<IResult> RollBackAsync(string name, IndexControl control, PageState page, CancellationToken cancellationToken) =>
        await control.RollBackAsync(name, null, cancellationToken) is { } problem ? Refuse(problem) : page.SeeOther($"{Path}/{name}");

    private static ProblemPageResult Refuse(ApiProblem problem) => new(problem);
}
