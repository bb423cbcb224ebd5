using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>A request made of a palette's command and what was typed.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below <c>/api/v1/</c> with its query.</param>
/// <param name="Body">The JSON body; null for none.</param>
internal sealed record PaletteRequest(HttpMethod Method, string Path, string? Body)
{
    public static PaletteRequest Of(PaletteCommand command, IReadOnlyList<ParameterInput> inputs, Scope scope, string? fixedQuery = null)
    {
        var given = inputs.Select(input => (input.Parameter, Values: input.ValueOf(scope.Parse)!)).Where(input => input.Values is not null).ToArray();
        var path = command.Path;
        var query = new List<string>();
        if (fixedQuery is not null)
            query.Add(fixedQuery);
        JsonNode? body = null;
        foreach (var (parameter, values) in given)
        {
            switch (parameter.In)
            {
                case "path":
                    path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(values[0]), StringComparison.Ordinal);
                    break;
                case "query":
                    query.AddRange(values.Select(value => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(ParameterValue.InQuery(parameter, value))}"));
                    break;
                case "content":
                    body = JsonNode.Parse(JsonInput.Read(values[0], scope.Host, parameter.Name).GetRawText());
                    break;
                default:
                    Put((JsonObject)(body ??= new JsonObject()), parameter.Name, ParameterValue.InBody(parameter, values, scope.Host));
                    break;
            }
        }

        return new PaletteRequest(new HttpMethod(command.Method), query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", body?.ToJsonString());
    }

    public Task<JsonElement> SendAsync(NodeApi node, CancellationToken cancellationToken) =>
        node.SendAsync(Method, Path, Body is null ? null : new StringContent(Body, Encoding.UTF8, "application/json"), cancellationToken);

    /// <summary>The same for the next page.</summary>
    public PaletteRequest At(string cursor)
    {
        var mark = Path.IndexOf('?', StringComparison.Ordinal);
        var kept = mark < 0 ? [] : Path[(mark + 1)..].Split('&').Where(part => !part.StartsWith("cursor=", StringComparison.Ordinal));
        return this with { Path = $"{(mark < 0 ? Path : Path[..mark])}?{string.Join('&', kept.Append($"cursor={Uri.EscapeDataString(cursor)}"))}" };
    }

    private static void Put(JsonObject target, string name, JsonNode? value)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            target[name] = value;
        else
            Put((JsonObject)(target[name[..dot]] ??= new JsonObject()), name[(dot + 1)..], value);
    }
}
