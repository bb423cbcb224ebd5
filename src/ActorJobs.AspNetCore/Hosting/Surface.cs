namespace ActorJobs.AspNetCore;

/// <summary>Whom an endpoint talks to.</summary>
internal enum Surface
{
    /// <summary>Programs: problems are JSON.</summary>
    Api,

    /// <summary>Browsers: problems are pages, forms are checked for forgery, a missing key leads to the log-in page.</summary>
    Pages,
}
