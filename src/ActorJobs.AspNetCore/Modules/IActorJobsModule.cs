namespace ActorJobs.AspNetCore;

/// <summary>
/// Adds endpoints and pages beside the built-in ones. Register implementations as singletons; <c>MapActorJobs</c> finds them.
/// </summary>
public interface IActorJobsModule
{
    /// <summary>The links it adds to the pages' navigation.</summary>
    IReadOnlyList<NavigationLink> Navigation { get; }

    /// <summary>Maps routes under <c>/api/v1</c>; the group already carries authorisation, limits and problem details.</summary>
    void MapApi(RouteGroupBuilder api);

    /// <summary>Maps pages and other routes at the root.</summary>
    void MapPages(RouteGroupBuilder pages);
}

/// <summary>A link in the navigation of the pages.</summary>
/// <param name="Text">One or two words.</param>
/// <param name="Path">Where it leads, beginning with a slash.</param>
/// <param name="Role">Who sees it. Default: everybody who may look.</param>
public sealed record NavigationLink(string Text, string Path, AccessRole Role = AccessRole.Viewer);
