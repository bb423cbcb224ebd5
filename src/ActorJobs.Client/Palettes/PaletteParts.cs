namespace ActorJobs.Client;

/// <summary>Short words for writing palettes down.</summary>
internal static class PaletteParts
{
    public static PaletteCommand Get(string name, string path, string summary, params IReadOnlyList<PaletteParameter> parameters) =>
        new(name, summary, "GET", path) { Parameters = parameters };

    public static PaletteCommand Post(string name, string path, string summary, params IReadOnlyList<PaletteParameter> parameters) =>
        new(name, summary, "POST", path) { Parameters = parameters };

    public static PaletteCommand Put(string name, string path, string summary, params IReadOnlyList<PaletteParameter> parameters) =>
        new(name, summary, "PUT", path) { Parameters = parameters };

    public static PaletteCommand Patch(string name, string path, string summary, params IReadOnlyList<PaletteParameter> parameters) =>
        new(name, summary, "PATCH", path) { Parameters = parameters };

    public static PaletteCommand Delete(string name, string path, string summary, params IReadOnlyList<PaletteParameter> parameters) =>
        new(name, summary, "DELETE", path) { Parameters = parameters, Confirm = true };

    public static PaletteCommand Showing(this PaletteCommand command, params IReadOnlyList<string> columns) => command with { Columns = columns };

    public static PaletteCommand Asking(this PaletteCommand command) => command with { Confirm = true };

    public static PaletteParameter InPath(string name, string summary, string? source = null) =>
        new(name, "path") { Summary = summary, Required = true, Source = source };

    public static PaletteParameter InQuery(string name, string summary, string type = "text", string? source = null) =>
        new(name, "query") { Summary = summary, Type = type, Source = source };

    public static PaletteParameter InBody(string name, string summary, string type = "text", string? source = null) =>
        new(name, "body") { Summary = summary, Type = type, Source = source };

    public static PaletteParameter Content(string name, string summary) => new(name, "content") { Summary = summary, Type = "json", Required = true };

    public static PaletteParameter Must(this PaletteParameter parameter) => parameter with { Required = true };

    public static PaletteParameter As(this PaletteParameter parameter, string label) => parameter with { Label = label };

    public static PaletteParameter OneOf(this PaletteParameter parameter, params IReadOnlyList<string> values) => parameter with { Values = values };

    public static PaletteParameter Limit { get; } = InQuery("limit", "How many, 1 to 1 000", "integer");

    public static PaletteParameter Cursor { get; } = InQuery("cursor", "Where the last page ended");
}
