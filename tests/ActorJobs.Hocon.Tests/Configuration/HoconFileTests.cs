namespace ActorJobs.Hocon.Tests.Configuration;

/// <summary>Real files, in a folder of the test's own.</summary>
public sealed class HoconFileTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("hocon-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_and_what_it_includes_are_loaded()
    {
        Write("common.conf", "a = 1, b = 1");
        var path = Write("node.conf", "include \"common\"\nb = 2, home = ${?HOCON_TEST_THAT_IS_NOT_SET}");
        var configuration = new ConfigurationBuilder().AddHoconFile(path).Build();
        Assert.Equal(("1", "2", null), (configuration["a"], configuration["b"], configuration["home"]));
    }

    [Fact]
    public void A_value_says_in_which_file_and_line_it_was_written()
    {
        var common = Write("common.conf", "a = 1\nlist = [x,\n  y]");
        var node = Write("node.conf", "include \"common\"\n\nb { c = 2\n d = 3 }\nb.c = ${?HOCON_TEST_THAT_IS_NOT_SET}\nb.d = ${a}4\nempty = []\nlist += z");
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder().AddHoconFile(node).Build();
        var provider = Assert.Single(configuration.Providers);

        Assert.Equal((common, 1), PlaceOf("a"));
        Assert.Equal((node, 3), PlaceOf("b:c")); // the substitution over it found nothing
        Assert.Equal((node, 6), PlaceOf("b:d"));
        Assert.Equal((node, 7), PlaceOf("empty"));
        Assert.Equal((common, 3), PlaceOf("list:1"));
        Assert.Equal((node, 8), PlaceOf("list:2"));
        Assert.Null(provider.FindHoconPosition("nothing"));

        (string? File, int? Line) PlaceOf(string key) => (provider.FindHoconPosition(key)?.File, provider.FindHoconPosition(key)?.Line);
    }

    [Fact]
    public void A_JSON_file_is_read_by_the_rules_of_JSON() =>
        Assert.Equal("${x}", new ConfigurationBuilder().AddHoconFile(Write("node.json", """{"a":"${x}"}""")).Build()["a"]);

    [Fact]
    public void A_missing_file_is_an_error_unless_it_is_optional()
    {
        var path = Path.Combine(_folder, "no.conf");
        Assert.Throws<FileNotFoundException>(() => new ConfigurationBuilder().AddHoconFile(path).Build());
        Assert.Empty(new ConfigurationBuilder().AddHoconFile(path, optional: true).Build().GetChildren());
    }

    [Fact]
    public void A_file_that_is_not_valid_fails_the_start_even_if_it_is_optional() =>
        Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconFile(Write("bad.conf", "a = }"), optional: true).Build());

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_a_stated_error() =>
        Assert.Contains("cannot be read", Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconFile(_folder).Build()).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_change_of_an_included_file_is_loaded()
    {
        Write("common.conf", "a = 1");
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder()
            .AddHoconFile(Write("node.conf", "include \"common.conf\""), reloadOnChange: true).Build();
        var reloaded = NextReload(configuration);
        Write("common.conf", "a = 2");
        await reloaded.WaitAsync(Deadline);
        Assert.Equal("2", configuration["a"]);
    }

    [Fact]
    public async Task A_file_that_was_missing_is_loaded_once_it_is_there()
    {
        var path = Path.Combine(_folder, "later.conf");
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder().AddHoconFile(path, optional: true, reloadOnChange: true).Build();
        var reloaded = NextReload(configuration);
        Write("later.conf", "a = 1");
        await reloaded.WaitAsync(Deadline);
        Assert.Equal("1", configuration["a"]);
    }

    [Fact]
    public async Task A_change_that_is_not_valid_is_told_and_changes_nothing()
    {
        var failed = new TaskCompletionSource<HoconException>(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new HoconConfigurationSource
        {
            Path = Write("node.conf", "a = 1"),
            ReloadOnChange = true,
            ReloadFailed = error => failed.TrySetResult(error),
        };
        using var configuration = (ConfigurationRoot)new ConfigurationBuilder().Add(source).Build();
        Write("node.conf", "a = }");
        Assert.Equal(5, (await failed.Task.WaitAsync(Deadline)).Position.Column);
        Assert.Equal("1", configuration["a"]);
    }

    private static Task NextReload(ConfigurationRoot configuration)
    {
        var reloaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        configuration.GetReloadToken().RegisterChangeCallback(_ => reloaded.TrySetResult(), null);
        return reloaded.Task;
    }

    /// <summary>Replaces the file in one step, as editors do, so that a reload never sees half of it.</summary>
    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }
}
