namespace ActorJobs.Client;

/// <summary>What a node can be asked for from a command line: the answer of <c>GET /api/v1/palettes</c>.</summary>
/// <param name="Node">Who answers, and to whom.</param>
/// <param name="Items">The palettes, by name.</param>
public sealed record PaletteList(NodeIdentity Node, IReadOnlyList<Palette> Items);

/// <summary>The node that answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version it runs.</param>
/// <param name="Time">Its clock when it answered.</param>
/// <param name="Caller">Who it takes the caller for.</param>
public sealed record NodeIdentity(string Name, string Version, DateTimeOffset Time, CallerIdentity Caller);

/// <summary>Whom a node takes its caller for.</summary>
/// <param name="Name">The name of the API key, or <c>local</c>.</param>
/// <param name="Role">Viewer, Operator or Admin.</param>
public sealed record CallerIdentity(string Name, string Role);

/// <summary>Commands that belong together.</summary>
/// <param name="Name">The first word on the command line.</param>
/// <param name="Summary">What it is about, in a line.</param>
/// <param name="Commands">What can be done.</param>
public sealed record Palette(string Name, string Summary, IReadOnlyList<PaletteCommand> Commands);

/// <summary>One request to the API as a command: enough for a command line that has never heard of it to offer, complete, send and show it.</summary>
/// <param name="Name">The second word on the command line.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below <c>/api/v1/</c>, with parameters in braces.</param>
public sealed record PaletteCommand(string Name, string Summary, string Method, string Path)
{
    /// <summary>What it takes. Parameters in the path become arguments in their order, all others options.</summary>
    public IReadOnlyList<PaletteParameter> Parameters { get; init; } = [];

    /// <summary>The fields of an item that a table shows, with dots into objects. Default: all that hold one value.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether a person is asked before it is sent, unless <c>dryRun</c> is given. Default: no.</summary>
    public bool Confirm { get; init; }
}

/// <summary>A value a command takes.</summary>
/// <param name="Name">Its name in the request.</param>
/// <param name="In">Where it goes: <c>path</c>, <c>query</c>, <c>body</c> (a field of the body, with dots into objects) or <c>content</c> (the whole body).</param>
public sealed record PaletteParameter(string Name, string In)
{
    /// <summary>Its name on the command line. Default: <see cref="Name"/>, with hyphens.</summary>
    public string? Label { get; init; }

    /// <summary>What it is for, in a line.</summary>
    public string Summary { get; init; } = "";

    /// <summary><c>text</c> (default), <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>duration</c>, <c>instant</c>, <c>json</c> or <c>list</c> (of texts).</summary>
    public string Type { get; init; } = "text";

    /// <summary>Whether it must be given. Parameters in the path always must.</summary>
    public bool Required { get; init; }

    /// <summary>All it may be; empty means anything of its type.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Where its values are listed, for completion: a path below <c>/api/v1/</c>, a colon, and the field of an item, for instance <c>queues:name</c>.</summary>
    public string? Source { get; init; }
}
