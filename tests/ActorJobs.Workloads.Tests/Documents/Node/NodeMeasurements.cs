using System.Diagnostics;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary>
/// The figures of docs/documents.md that need a whole node: a process of its own on the embedded store with <c>fsync</c>, used over HTTP by this process on the
/// same machine. Explicit: run it by hand, in Release.
/// </summary>
public sealed class NodeMeasurements(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Swaps = 10;
    private const int SearchesPerSecond = 100;

    // the node compiles what runs often in the meantime
    private const int Warming = 500;

    private readonly IndexPlace place = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task The_reference_documentation_from_files_to_searches()
    {
        var documents = ReadAll();
        var bare = BareRate(documents);
        output.WriteLine($"the embedder alone, one core: {bare:n0} documents/s");
        await place.StartAsync();
        await place.DefineAsync("dotnet", DocumentSources.Dotnet);
        var before = ProcessFigures.Of(place.Process.Id);
        output.WriteLine($"ready: {before}; load of the machine {Load}");

        var watch = Stopwatch.StartNew();
        var result = await place.CompletedAsync(await place.RebuildAsync("dotnet"));
        var seconds = watch.Elapsed.TotalSeconds;
        var after = ProcessFigures.Of(place.Process.Id);
        var count = result.GetProperty("documents").GetInt32();
        var processor = (after.Processor - before.Processor).TotalSeconds;
        output.WriteLine($"rebuild: {count:n0} documents in {seconds:n2} s, {count / seconds:n0} documents/s; processor {processor:n1} s, {processor / seconds:n2} cores, {processor / count * 1e6:n0} microseconds a document");
        output.WriteLine($"share of the embedder's bare speed: {count / seconds / bare:p0} by the clock, {count / processor / bare:p0} by processor time");
        output.WriteLine($"after it: {after}");
        var run = (await place.GetAsync("indexes/dotnet/statistics")).GetProperty("rebuilds")[0];
        output.WriteLine($"of it: embedding {run.GetProperty("embedSeconds").GetDouble():n2} s, building {run.GetProperty("buildSeconds").GetDouble():n2} s, swapping {run.GetProperty("swapSeconds").GetDouble():n2} s");
        output.WriteLine($"the embedder alone, again: {BareRate(documents):n0} documents/s");

        watch.Restart();
        var again = await place.CompletedAsync(await place.RebuildAsync("dotnet"));
        output.WriteLine($"rebuild of the unchanged source: {watch.Elapsed.TotalSeconds:n2} s, unchanged {again.GetProperty("unchanged").GetBoolean()}");

        var load = new SearchLoad(place.Http, "dotnet", Queries(documents));
        foreach (var mode in new[] { "hybrid", "vector", "text" })
        {
            await load.RunOneByOneAsync(Warming, mode);
            await load.Reset().RunOneByOneAsync(1_000, mode);
            output.WriteLine($"{mode} over HTTP, one after the other: {load}");
            load.Reset();
        }

        await RunForAsync(load.Reset(), TimeSpan.FromSeconds(15));
        output.WriteLine($"hybrid, {SearchesPerSecond} a second: {load}");
        output.WriteLine($"after the searches: load of the machine {Load}; {ProcessFigures.Of(place.Process.Id)}");
        Assert.Empty(load.Failures);
    }

    [Fact(Explicit = true)]
    public async Task A_hundred_searches_a_second_during_ten_swaps()
    {
        var documents = ReadAll();
        Directory.CreateDirectory(place.Source);
        // the base framework's: half of all, so that ten builds end within minutes
        foreach (var file in DotnetReference.List(DotnetReference.FindRoot()).Where(static file => file.Id.StartsWith("Microsoft.NETCore", StringComparison.Ordinal)))
            File.Copy(file.Path, Path.Combine(place.Source, file.Id.Replace('/', '-')));
        await place.StartAsync();
        await place.DefineAsync("notes");
        var first = await place.CompletedAsync(await place.RebuildAsync("notes"));
        var load = new SearchLoad(place.Http, "notes", Queries(documents));
        await load.RunOneByOneAsync(Warming, "hybrid");
        load.Reset();

        using var stop = new CancellationTokenSource();
        var searches = load.RunAsync(SearchesPerSecond, stop.Token);
        var watch = Stopwatch.StartNew();
        for (var swap = 1; swap <= Swaps; swap++)
        {
            await File.WriteAllTextAsync(Path.Combine(place.Source, "changed.md"), $"# Change {swap}\n\nThis is change{swap}word.");
            var result = await place.CompletedAsync(await place.RebuildAsync("notes"));
            Assert.Equal((swap + 1, 1), (result.GetProperty("version").GetInt32(), result.GetProperty("embedded").GetInt32()));
        }

        await stop.CancelAsync();
        await searches;
        output.WriteLine($"{Swaps} swaps in {watch.Elapsed.TotalSeconds:n1} s, each with a whole build of {first.GetProperty("documents").GetInt32():n0} documents beside the searches: {load}");
        output.WriteLine($"versions that answered: {string.Join(", ", load.ByVersion.OrderBy(static one => one.Key).Select(static one => $"v{one.Key} {one.Value}"))}");
        output.WriteLine($"load of the machine {Load}; {ProcessFigures.Of(place.Process.Id)}");
        Assert.Empty(load.Failures);
    }

    [Fact(Explicit = true)]
    public async Task Memory_while_an_endpoint_is_slow()
    {
        await using var endpoint = await Embedding.FakeEndpoint.StartAsync();
        endpoint.Answer = static async (_, body, context) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, context.RequestAborted);
            await Embedding.FakeEndpoint.VectorsAsync(body, context);
        };
        await place.StartAsync(
            $"--ActorJobs:Documents:Embedders:slow:Url={endpoint.Url}", "--ActorJobs:Documents:Embedders:slow:Model=small", "--ActorJobs:Documents:Embedders:slow:Dimensions=3",
            "--ActorJobs:Documents:EmbedParallelism=8", "--ActorJobs:Documents:PoolSize=4");
        await place.DefineAsync("dotnet", DocumentSources.Dotnet, "slow");
        output.WriteLine($"ready: {ProcessFigures.Of(place.Process.Id)}");
        var job = await place.RebuildAsync("dotnet");
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(20));
        var watch = Stopwatch.StartNew();
        for (var end = place.CompletedAsync(job); await Task.WhenAny(end, look.WaitForNextTickAsync().AsTask()) != end;)
        {
            var progress = (await place.Client.GetJobAsync(job)).Progress;
            output.WriteLine($"{watch.Elapsed.TotalSeconds,4:n0} s, {progress?.Fraction:p0}: {ProcessFigures.Of(place.Process.Id)}; requests under way at most {endpoint.MostInFlight}, so far {endpoint.Arrived.Count}");
        }

        output.WriteLine($"{watch.Elapsed.TotalSeconds:n0} s, ended: {ProcessFigures.Of(place.Process.Id)}; requests under way at most {endpoint.MostInFlight}, in all {endpoint.Arrived.Count}");
        Assert.Equal(new RemoteEmbedderOptions().MaxInFlight, endpoint.MostInFlight);
    }

    private static string Load => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..2]);

    private static async Task RunForAsync(SearchLoad load, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        await load.RunAsync(SearchesPerSecond, stop.Token);
    }

    private static double BareRate(SourceDocument[] documents)
    {
        var texts = documents.Select(static document => document.Title + "\n" + document.Text).ToArray();
        var fitter = new FeatureWeightsFitter();
        foreach (var text in texts)
            fitter.Add(text);
        using var embedder = new HashingEmbedder(fitter.Fit());
        var vector = new float[embedder.Dimensions];
        embedder.Embed(texts[0], vector);
        var watch = Stopwatch.StartNew();
        foreach (var text in texts)
            embedder.Embed(text, vector);
        return texts.Length / watch.Elapsed.TotalSeconds;
    }

    private static string[] Queries(SourceDocument[] documents)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 500).Select(_ => documents[random.Next(documents.Length)].Text).Select(static text => text[Sentences.Split(text)[0]].Trim())
            .Select(static query => query[..Math.Min(query.Length, 500)])];
    }

    private static SourceDocument[] ReadAll() =>
        [.. DotnetReference.List(DotnetReference.FindRoot()).SelectMany(file => new SourceFileReader(file).ReadWhatCan((_, error) => throw error))];
}
