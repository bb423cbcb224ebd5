namespace ActorJobs.AspNetCore;

/// <summary>What a caller may do; each role may do what the ones before it may.</summary>
public enum AccessRole
{
    /// <summary>May look.</summary>
    Viewer,

    /// <summary>May submit, cancel, retry, pause: steer the work.</summary>
    Operator,

    /// <summary>May change limits and sizes: everything.</summary>
    Admin,
}

/// <summary>Says which role an endpoint needs. Without it: <see cref="AccessRole.Viewer"/> for GET and HEAD, else <see cref="AccessRole.Operator"/>.</summary>
public static class AccessRoleConventions
{
    /// <summary>The endpoint needs this role.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, AccessRole role)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRequirement(role));

    /// <summary>Everybody who can reach the node may use the endpoint: health checks, the log-in page, webhooks that check a signature of their own.</summary>
    public static TBuilder AllowEverybody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRequirement(null));
}

/// <summary>An endpoint's needs.</summary>
/// <param name="Role">The role; null lets everybody in.</param>
internal sealed record AccessRequirement(AccessRole? Role);

/// <summary>Who asks.</summary>
/// <param name="Name">The API key's name, the user of the host's own authentication, or <c>local</c>.</param>
/// <param name="Role">What it may do.</param>
public sealed record Caller(string Name, AccessRole Role)
{
    /// <summary>Who asks without a key from the same machine, while no keys are configured.</summary>
    internal static Caller Local { get; } = new("local", AccessRole.Admin);
}
