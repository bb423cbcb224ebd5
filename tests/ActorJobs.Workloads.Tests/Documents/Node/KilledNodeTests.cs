using System.Text;
using System.Text.Json;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary><c>kill -9</c> of a real node while it embeds, builds and swaps, and what it finds when it starts again.</summary>
public sealed class KilledNodeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Files = 12;
    private const int DocumentsPerFile = 1_000;
    private const int Rounds = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Phases = [DocumentKinds.Embed, DocumentKinds.BuildIndex, DocumentKinds.HotSwap];

    private readonly IndexPlace place = new();

    public ValueTask InitializeAsync() => new(StartAsync());

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task A_rebuild_killed_while_it_embeds_builds_and_swaps_ends_with_the_index_of_an_undisturbed_one()
    {
        WriteSource();
        await place.DefineAsync("calm");
        var calm = await place.CompletedAsync(await place.RebuildAsync("calm"));
        var cut = new HashSet<string>();

        // a swap takes milliseconds: a busy machine may miss it, and then the whole is done again
        for (var round = 1; round <= Rounds && cut.Count < Phases.Length; round++)
        {
            var index = $"killed-{round}";
            var result = await RebuildWithKillsAsync(index);
            var cutNow = await CutAsync(index);
            output.WriteLine($"round {round}: cut in {string.Join(", ", cutNow)}");
            cut.UnionWith(cutNow);

            Assert.Equal(calm.GetProperty("hash").GetString(), result.GetProperty("hash").GetString());
            Assert.Equal(Files * DocumentsPerFile, result.GetProperty("documents").GetInt32());
            Assert.Equal([1], place.Layout(index).Versions());
            Assert.Equal(1, place.Layout(index).ReadCurrent());
            Assert.Equal("f03.ndjson#7", await place.BestAsync(index, "only3x7"));
        }

        Assert.Equal(Phases.Order(StringComparer.Ordinal), cut.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_version_damaged_while_the_node_was_down_is_found_at_its_start_and_the_one_before_is_served()
    {
        await WriteAndRebuildAsync("a.md", "# Herons\n\nThe heron waits beside the water.");
        await WriteAndRebuildAsync("b.md", "# Wrens\n\nThe wren sings.");
        await place.Process.KillAsync();
        Damage(Path.Combine(place.Layout("birds").Version(2), VectorFile.FileName));

        await StartAsync();
        await place.Process.SaidAsync("Version 2 of index birds is damaged");

        var view = await place.GetAsync("indexes/birds");
        Assert.Equal((1, 2), (view.GetProperty("served").GetProperty("version").GetInt32(), Assert.Single(view.GetProperty("damaged").EnumerateArray()).GetInt32()));
        Assert.Equal(("a.md", null), (await place.BestAsync("birds", "heron"), await place.BestAsync("birds", "wren")));

        // and the next rebuild mends it, though nothing has changed
        await place.CompletedAsync(await place.RebuildAsync("birds"));
        Assert.Equal("b.md", await place.BestAsync("birds", "wren"));
    }

    private Task StartAsync() => place.StartAsync("--ActorJobs:Documents:SliceSize=1");

    private async Task WriteAndRebuildAsync(string file, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(place.Source, file), text);
        await place.DefineAsync("birds");
        await place.CompletedAsync(await place.RebuildAsync("birds"));
    }

    private async Task<JsonElement> RebuildWithKillsAsync(string index)
    {
        await place.DefineAsync(index);
        var layout = place.Layout(index);
        var job = "";
        foreach (var (folder, isSign) in new (string, Func<string, bool>)[]
        {
            (layout.Segments, _ => Directory.EnumerateFiles(layout.Segments, "*.seg").Count() >= Files / 4),
            (layout.Folder, static name => name.EndsWith(".draft", StringComparison.Ordinal)),
            (layout.Folder, static name => name == "CURRENT"),
        })
        {
            using var sign = new FolderSign(folder, isSign);
            if (job.Length == 0)
                job = await place.RebuildAsync(index);
            else
                await StartAsync();
            await sign.Seen.WaitAsync(Patience).ConfigureAwait(false);
            await place.Process.KillAsync();
        }

        await StartAsync();
        return await place.CompletedAsync(job);
    }

    /// <summary>The kinds of which an attempt was lost with the node.</summary>
    private async Task<HashSet<string>> CutAsync(string index)
    {
        var cut = new HashSet<string>();
        foreach (var kind in Phases)
        {
            foreach (var listed in (await place.Client.ListJobsAsync(new ActorJobs.Client.JobQuery { Kind = kind, Limit = 1_000 })).Items)
            {
                var job = await place.Client.GetJobAsync(listed.Id);
                if (job.Args!.Value.GetProperty("index").GetString() == index && job.Attempts.Any(static attempt => attempt.Outcome == "Lost"))
                    cut.Add(kind);
            }
        }

        return cut;
    }

    // large enough that building and verifying take their time
    private void WriteSource()
    {
        var random = new Random(5);
        for (var file = 0; file < Files; file++)
        {
            var lines = new StringBuilder();
            for (var document = 0; document < DocumentsPerFile; document++)
            {
                var words = string.Join(' ', Enumerable.Range(0, 20).Select(_ => $"w{Math.Min(random.Next(4_000), random.Next(4_000))}"));
                lines.Append($$"""{"id": "{{document}}", "title": "Note {{document}}", "text": "{{words}} only{{file}}x{{document}}."}""").Append('\n');
            }

            File.WriteAllText(Path.Combine(place.Source, $"f{file:00}.ndjson"), lines.ToString());
        }
    }

    private static void Damage(string path)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }
}
