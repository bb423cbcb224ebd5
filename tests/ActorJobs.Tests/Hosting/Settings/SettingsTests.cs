using Microsoft.Extensions.Options;

namespace ActorJobs.Tests.Hosting.Settings;

/// <summary>What configuration does to a node's options, through the door an application uses.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Pools_queues_and_the_shutdown_are_bound()
    {
        var options = Options(new()
        {
            ["ActorJobs:Shards"] = "16",
            ["ActorJobs:Shutdown:Deadline"] = "PT6S",
            ["ActorJobs:Pools:mail:Queues:0"] = "mail",
            ["ActorJobs:Pools:mail:Size"] = "3",
            ["ActorJobs:Pools:default"] = null,
            ["ActorJobs:Queues:mail:Capacity"] = "36000",
            ["ActorJobs:Node:Name"] = "left",
        });

        Assert.Equal((16, TimeSpan.FromSeconds(6), "left"), (options.Shards, options.Shutdown.Deadline, options.Node.Name));
        Assert.Equal(["mail"], options.Pools["mail"].Queues);
        Assert.Equal(3, options.Pools["mail"].Size);
        Assert.Empty(options.Pools["default"].Queues);
        Assert.Equal(36_000, options.Queues["mail"].Capacity);
    }

    [Fact]
    public void A_size_may_have_a_unit_and_one_that_cannot_be_read_is_named()
    {
        Assert.Equal(512L << 20, Options(new() { ["ActorJobs:Pools:risky:MemoryLimit"] = "512 MiB" }).Pools["risky"].MemoryLimit);

        var refusal = Assert.Throws<OptionsValidationException>(() => Options(new() { ["ActorJobs:Pools:risky:MemoryLimit"] = "much" }));
        Assert.Contains("ActorJobs:Pools:risky:MemoryLimit: 'much' is not a size", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_list_replaces_the_one_set_in_code()
    {
        var services = Services(new() { ["Mail:Folders:0"] = "sent" });
        services.AddOptions<MailOptions>().Configure(options => options.Folders.Add("inbox")).BindSettings("Mail");
        using var provider = services.BuildServiceProvider();

        Assert.Equal(["sent"], provider.GetRequiredService<IOptions<MailOptions>>().Value.Folders);
    }

    [Fact]
    public void Configuration_wins_over_what_code_sets_about_a_kind()
    {
        var kind = Kind(new()
        {
            ["ActorJobs:Handlers:mail.send:MaxAttempts"] = "3",
            ["ActorJobs:Handlers:mail.send:Timeout"] = "00:01:00",
            ["ActorJobs:Handlers:mail.send:Retention"] = "P1D",
            ["ActorJobs:Handlers:mail.send:PermanentExceptions:0"] = "FormatException",
            ["ActorJobs:Handlers:mail.send:BackoffByException:IOException:Type"] = "fixed",
            ["ActorJobs:Handlers:mail.send:BackoffByException:IOException:Delay"] = "PT1S",
        });

        Assert.Equal(("mail", 3), (kind.Queue, kind.MaxAttempts));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)), (kind.Timeout, kind.Retention));
        Assert.Equal(["FormatException"], kind.PermanentExceptions);
        Assert.Equal(new Backoff.Fixed(TimeSpan.FromSeconds(1)), kind.BackoffByException["IOException"]);
    }

    [Fact]
    public void Every_shape_of_back_off_is_bound()
    {
        var exponential = Backoff(("Type", "exponential"), ("Base", "PT1S"), ("Factor", "3"), ("Max", "PT1M"), ("Jitter", "0"));
        var list = Backoff(("Type", "list"), ("Delays:0", "PT10S"), ("Delays:1", "PT30S"));

        Assert.Equal(new Backoff.Exponential(TimeSpan.FromSeconds(1), 3, TimeSpan.FromMinutes(1), 0), exponential);
        Assert.Equal(new Backoff.List([TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)]), list);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_with_its_key()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Options(new()
        {
            ["ActorJobs:Shards"] = "many",
            ["ActorJobs:Shutdown:Deadline"] = "soon",
            ["ActorJobs:Pools:mail:Sise"] = "3",
            ["ActorJobs:Pools:wide:Size"] = "0",
            ["ActorJobs:Queues:mail:Rate"] = "50/s",
            ["ActorJobs:Queues:mail"] = "5",
            ["ActorJobs:Handlers:mail.sent:MaxAttempts"] = "1",
            ["ActorJobs:Handlers:mail.send:MaxAttempts"] = "0",
            ["ActorJobs:Handlers:mail.send:Backoff:Type"] = "list",
        }));

        string[] expected =
        [
            "ActorJobs:Shards: 'many' is not a whole number.",
            "ActorJobs:Shutdown:Deadline: 'soon' is not a duration, for instance PT6S, 00:00:06 or 6 seconds.",
            "ActorJobs:Pools:mail:Sise is not known. Known here: Queues, Size, Min, Max, Latency, Isolated, RecycleAfter, MemoryLimit, Remote, Kinds, Lease.",
            "The field ActorJobs:Pools:wide:Size must be between 1 and 10000.",
            "ActorJobs:Queues:mail is a section with keys of its own, not a value.",
            "ActorJobs:Handlers:mail.sent: there is no kind 'mail.sent'.",
            "The field ActorJobs:Handlers:mail.send:MaxAttempts must be between 1 and 1000.",
            "ActorJobs:Handlers:mail.send:Backoff: Delays is missing.",
        ];
        Assert.Equal(expected.Order(), error.Failures.Order());
    }

    private static ActorJobsOptions Options(Dictionary<string, string?> settings)
    {
        using var provider = Services(settings).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<ActorJobsOptions>>().Value;
    }

    private static KindOptions Kind(Dictionary<string, string?> settings)
    {
        using var provider = Services(settings).BuildServiceProvider();
        return provider.GetServices<JobKind>().Single(kind => kind.Name == "mail.send").Options;
    }

    private static Backoff Backoff(params (string Key, string Value)[] fields) =>
        Kind(fields.ToDictionary(field => $"ActorJobs:Handlers:mail.send:Backoff:{field.Key}", field => (string?)field.Value)).Backoff;

    private static ServiceCollection Services(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddActorJobs(jobs => jobs.AddHandler<string, SendMail>("mail.send", kind => kind.Queue = "mail"));
        return services;
    }

    private sealed class MailOptions
    {
        public IList<string> Folders { get; } = [];
    }

    private sealed class SendMail : IJobHandler<string, string>
    {
        public ValueTask<JobOutcome<string>> RunAsync(string args, JobContext context) => new(args);
    }
}
