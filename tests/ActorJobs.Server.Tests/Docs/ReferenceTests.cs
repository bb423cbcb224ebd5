using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActorJobs.AspNetCore;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server.Tests.Docs;

/// <summary>hocon/reference.conf and the options say the same, both ways: no option without a key, no key without an option, the same defaults.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string File = Path.Combine(Repository.Root, "hocon", "reference.conf");

    // what the node reads before there are options, and kinds and schedules, which are options by name
    private static readonly string[] ReadDirectly = [StoreChoice.Key, SessionKeys.Key, "ActorJobs:Handlers", "ActorJobs:Schedules"];

    private static readonly (string Section, Type Type)[] Options =
        [.. Assemblies().SelectMany(assembly => assembly.GetExportedTypes()).Select(type => (SectionOf(type), type)).Where(found => found.Item1 is not null).Select(found => (found.Item1!, found.type)),
            (ActorJobsOptions.Section, typeof(AccessOptions))];

    private readonly IConfigurationRoot reference = new ConfigurationBuilder().AddHoconFile(File).Build();

    [Fact]
    public void Every_option_has_a_key_and_every_key_an_option()
    {
        Assert.True(Options.Length >= 9, "The options are found by their constant Section.");
        var named = Options.SelectMany(option => Keys(option.Section, option.Type)).Concat(ReadDirectly).Order(StringComparer.OrdinalIgnoreCase);

        var written = Leaves(reference).Select(key => key.StartsWith("ActorJobs:Pools:", StringComparison.OrdinalIgnoreCase) ? "ActorJobs:Pools" : key).Order(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(string.Join('\n', named), string.Join('\n', written), ignoreCase: true);
    }

    [Fact]
    public void The_reference_sets_what_would_be_without_it() => Assert.All(Options, option =>
    {
        var plain = Activator.CreateInstance(option.Type)!;
        if (plain is ActorJobsOptions jobs)
            jobs.Pools["default"] = new PoolOptions(); // what "no pools" comes to

        Assert.Equal(Json(plain), Json(Bound(option.Section, option.Type)));
    });

    [Fact]
    public void Every_comment_ends_with_the_default_that_stands_below_it()
    {
        var lines = System.IO.File.ReadAllLines(File);
        var settings = Enumerable.Range(0, lines.Length).Select(line => (Line: line, Match: Setting().Match(lines[line]))).Where(found => found.Match.Success).ToArray();
        Assert.True(settings.Length > 60);
        Assert.All(settings, setting =>
        {
            var value = setting.Match.Groups["value"].Value.Trim('"');
            Assert.Contains("Default: " + (value.Length == 0 ? "empty" : value), CommentAbove(lines, setting.Line), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("pools", typeof(PoolOptions))]
    [InlineData("queues", typeof(QueueOptions))]
    [InlineData("tenants", typeof(TenantOptions))]
    [InlineData("breakers", typeof(BreakerOptions))]
    [InlineData("handlers", typeof(KindOptions))]
    [InlineData("schedules", typeof(ScheduleRequest))]
    [InlineData("keys", typeof(ApiKeyOptions))]
    public void What_is_set_by_name_is_listed_above_it(string section, Type entry)
    {
        var lines = System.IO.File.ReadAllLines(File);
        var comment = CommentAbove(lines, Array.FindIndex(lines, line => Regex.IsMatch(line, $"^  {section} [={{]")));

        Assert.All(entry.GetProperties(), property => Assert.Matches($@"\b{JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name)}\b", comment));
    }

    [Theory]
    [InlineData("reference.conf")]
    [InlineData("node.conf")]
    [InlineData("cluster.conf")]
    [InlineData("../config/schedules.example.conf")]
    public void A_node_takes_every_file_that_is_shipped(string file)
    {
        // the file has no default for the secret, on purpose; no other test asks for it
        Environment.SetEnvironmentVariable("ACTORJOBS_CLUSTER_SECRET", "sixteen characters");
        using var app = NodeApplication.Build([$"--hocon={Path.Combine(Repository.Root, "hocon", file)}"]);

        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    private object Bound(string section, Type type) =>
        typeof(ReferenceTests).GetMethod(nameof(BoundTo), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, [section])!;

    private TOptions BoundTo<TOptions>(string section)
        where TOptions : class, new()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(reference);
        services.AddOptions<TOptions>().BindSettings(section);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TOptions>>().Value;
    }

    private static IEnumerable<string> Keys(string section, Type type) => type.GetProperties().SelectMany(property =>
        IsOneSetting(property.PropertyType) ? [$"{section}:{property.Name}"] : Keys($"{section}:{property.Name}", property.PropertyType));

    private static bool IsOneSetting(Type type) =>
        type.IsGenericType || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static IEnumerable<string> Leaves(IConfiguration section) =>
        section.GetChildren().SelectMany(child => child.GetChildren().Any() ? Leaves(child) : [child.Path]);

    private static IEnumerable<Assembly> Assemblies() => Directory.EnumerateFiles(AppContext.BaseDirectory, "ActorJobs*.dll")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal) && name != "ActorJobs.TestKit")
        .Select(name => Assembly.Load(new AssemblyName(name)));

    private static string? SectionOf(Type type) => type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    private static string Json(object options) => JsonSerializer.Serialize(options, options.GetType());

    private static string CommentAbove(string[] lines, int line)
    {
        var first = line;
        while (first > 0 && lines[first - 1].TrimStart().StartsWith('#'))
            first--;
        return string.Join(' ', lines[first..line].Select(text => text.Trim().TrimStart('#').Trim()));
    }

    [GeneratedRegex("""^\s+[a-z-]+ = (?<value>[^\[]*)$""")]
    private static partial Regex Setting();
}
