using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Offers routes of a module on the command line.</summary>
public static class PaletteConventions
{
    /// <summary>
    /// The route is a command of <c>actorjobs</c>: <c>GET /mails/{id}</c> with palette <c>mail</c> and name <c>show</c> becomes
    /// <c>actorjobs mail show ID</c>. Parameters of the path are found by themselves. Routes of the standard palettes need nothing.
    /// </summary>
    /// <param name="builder">The route, below <c>/api/v1</c>.</param>
    /// <param name="palette">The first word of the command: lower case, digits and hyphens.</param>
    /// <param name="name">The second word.</param>
    /// <param name="summary">What it does, in a line.</param>
    /// <param name="parameters">What it takes from the query and in the body.</param>
    public static TBuilder WithCommand<TBuilder>(
        this TBuilder builder, string palette, string name, string summary, params PaletteParameter[] parameters)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PaletteMetadata(palette, name, summary, parameters));
}

/// <summary>A route as a command.</summary>
internal sealed record PaletteMetadata(string Palette, string Name, string Summary, IReadOnlyList<PaletteParameter> Parameters);
