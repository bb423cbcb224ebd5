namespace ActorJobs.AspNetCore;

/// <summary>The pages of one front door: where they are mapped and what their navigation shows.</summary>
/// <param name="Prefix">The path everything is under, without a slash at its end; empty at the root.</param>
/// <param name="Navigation">The links of the navigation, in order.</param>
internal sealed record Site(string Prefix, IReadOnlyList<NavigationLink> Navigation);
