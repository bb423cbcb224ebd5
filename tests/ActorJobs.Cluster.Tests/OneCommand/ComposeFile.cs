using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace ActorJobs.Cluster.Tests.OneCommand;

/// <summary><c>docker-compose.yml</c> as it reads when anchors and merge keys are resolved.</summary>
internal sealed class ComposeFile
{
    public ComposeFile(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        parser.Consume<StreamStart>();
        Root = Map(new DeserializerBuilder().Build().Deserialize(parser));
    }

    public IReadOnlyDictionary<string, object> Root { get; }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> Services =>
        Map(Root["services"]).ToDictionary(service => service.Key, service => Map(service.Value));

    public static IReadOnlyDictionary<string, object> Map(object? node) => node is null
        ? new Dictionary<string, object>()
        : ((IDictionary<object, object>)node).ToDictionary(pair => (string)pair.Key, pair => pair.Value);

    public static IReadOnlyList<string> List(object node) => [.. ((IEnumerable<object>)node).Cast<string>()];
}
