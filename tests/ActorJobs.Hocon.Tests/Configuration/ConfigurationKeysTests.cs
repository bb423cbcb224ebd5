namespace ActorJobs.Hocon.Tests.Configuration;

/// <summary>How a document appears as configuration.</summary>
public sealed class ConfigurationKeysTests
{
    [Theory]
    [InlineData("actorjobs { node { name = a } }", "ActorJobs:Node:Name", "a")]
    [InlineData("ActorJobs.Node.Name = a", "ActorJobs:Node:Name", "a")]
    [InlineData("actor-jobs { store = sqlite }", "ActorJobs:Store", "sqlite")]
    [InlineData("actorjobs { pools { default { memory-limit = 1 GiB } } }", "ActorJobs:Pools:default:MemoryLimit", "1 GiB")]
    [InlineData("actorjobs { pools { ai-enrich { recycle-after = 100 } } }", "ActorJobs:Pools:ai-enrich:RecycleAfter", "100")]
    [InlineData("actorjobs { queues { web-hooks.rate = 50/s } }", "ActorJobs:Queues:web-hooks:Rate", "50/s")]
    [InlineData("actorjobs { handlers { \"mail.send-now\" { max-attempts = 3 } } }", "ActorJobs:Handlers:mail.send-now:MaxAttempts", "3")]
    [InlineData("actorjobs { breakers { payment-api { open-for = 5 s } } }", "ActorJobs:Breakers:payment-api:OpenFor", "5 s")]
    [InlineData("actorjobs { tenants { acme-eu { weight = 3 } } }", "ActorJobs:Tenants:acme-eu:Weight", "3")]
    [InlineData("actorjobs { schedules { nightly-mail { job { max-attempts = 3 } } } }", "ActorJobs:Schedules:nightly-mail:Job:MaxAttempts", "3")]
    [InlineData("actorjobs { schedules { a-b { job { args { list-id = 1 } } } } }", "ActorJobs:Schedules:a-b:Job:Args:list-id", "1")]
    [InlineData("actorjobs { schedules { a-b { job { args { c-d = [{ e-f = 1 }] } } } } }", "ActorJobs:Schedules:a-b:Job:Args:c-d:0:e-f", "1")]
    [InlineData("actorjobs { documents { embedders { open-ai { batch-size = 2 } } } }", "ActorJobs:Documents:Embedders:open-ai:BatchSize", "2")]
    [InlineData("actorjobs { documents { folders { user-guide = docs, x.y = z } } }", "ActorJobs:Documents:Folders:user-guide", "docs")]
    [InlineData("some-tool { log-level = x }", "some-tool:log-level", "x")]
    [InlineData("urls = \"http://127.0.0.1:8080\"", "Urls", "http://127.0.0.1:8080")]
    [InlineData("a = [x, [y], { k = z }]", "a:2:k", "z")]
    [InlineData("a = [x, [y], { k = z }]", "a:1:0", "y")]
    [InlineData("actorjobs { shards = 1, Shards = 2 }", "ActorJobs:Shards", "2")]
    [InlineData("a = []", "a", "")]
    public void A_value_has_its_key(string text, string key, string expected) => Assert.Equal(expected, Configuration(text)[key]);

    [Theory]
    [InlineData("a = null")]
    [InlineData("a = {}")]
    public void Null_and_an_empty_object_are_keys_without_a_value(string text)
    {
        var configuration = Configuration(text);
        Assert.Equal(["a"], configuration.GetChildren().Select(section => section.Key));
        Assert.Null(configuration["a"]);
    }

    [Fact]
    public void Numbers_as_keys_are_the_elements_of_a_list() =>
        Assert.Equal(["a", "b"], Configuration("queues.0 = a, queues.1 = b").GetSection("queues").GetChildren().Select(section => section.Value));

    [Fact]
    public void Further_sections_of_names_can_be_named()
    {
        var source = new HoconConfigurationSource { Path = Conf.Path, Files = new MemoryFiles { [Conf.Path] = "actorjobs { flow { breakers { pay-gate { open-after = 5 } } } }" } };
        source.NameSections.Add("Flow:Breakers");
        Assert.Equal("5", new ConfigurationBuilder().Add(source).Build()["ActorJobs:Flow:Breakers:pay-gate:OpenAfter"]);
    }

    [Fact]
    public void Later_sources_win_key_by_key() =>
        Assert.Equal(
            ("redis", "64"),
            new ConfigurationBuilder()
                .Add(Source("actorjobs { store = sqlite, shards = 64 }"))
                .AddInMemoryCollection([new("ActorJobs:Store", "redis")])
                .Build() is var configuration ? (configuration["ActorJobs:Store"]!, configuration["ActorJobs:Shards"]!) : default);

    private static IConfigurationRoot Configuration(string text) => new ConfigurationBuilder().Add(Source(text)).Build();

    private static HoconConfigurationSource Source(string text) => new() { Path = Conf.Path, Files = new MemoryFiles { [Conf.Path] = text } };
}
