using YamlDotNet.RepresentationModel;

namespace ActorJobs.Server.Tests.Deployment;

/// <summary>The documents of a file of Kubernetes manifests.</summary>
internal sealed class Manifests
{
    private readonly IReadOnlyList<YamlMappingNode> documents;

    public Manifests(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        documents = [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    public IReadOnlyList<string> Kinds => [.. documents.Select(document => Text(document, "kind"))];

    /// <summary>The one document of a kind.</summary>
    public YamlMappingNode this[string kind] => documents.Single(document => Text(document, "kind") == kind);

    /// <summary>What lies at a path of keys and indexes; fails when nothing does.</summary>
    public static YamlNode At(YamlNode node, params ReadOnlySpan<object> path)
    {
        foreach (var step in path)
            node = step is int index ? ((YamlSequenceNode)node).Children[index] : ((YamlMappingNode)node).Children[new YamlScalarNode((string)step)];
        return node;
    }

    public static string Text(YamlNode node, params ReadOnlySpan<object> path) => ((YamlScalarNode)At(node, path)).Value!;

    public static int Number(YamlNode node, params ReadOnlySpan<object> path) => int.Parse(Text(node, path), System.Globalization.CultureInfo.InvariantCulture);

    public static IReadOnlyDictionary<string, YamlNode> Map(YamlNode node, params ReadOnlySpan<object> path) =>
        ((YamlMappingNode)At(node, path)).Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => pair.Value);

    public static IReadOnlyList<YamlNode> Items(YamlNode node, params ReadOnlySpan<object> path) => [.. ((YamlSequenceNode)At(node, path)).Children];
}
