using System.Globalization;
using System.Text.RegularExpressions;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Embedding;

/// <summary>An endpoint that is slower than the disk: what has been read and not embedded yet stays bounded, whatever the length of the file.</summary>
public sealed partial class BackpressureTests : IAsyncLifetime
{
    private const int Documents = 20_000;
    private const int Buffer = 64; // of each stage
    private const int Batch = 64; // documents
    private const int Parallelism = 8;

    private readonly DocumentsFixture fixture = new();
    private FakeEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await FakeEndpoint.StartAsync();

    public async ValueTask DisposeAsync()
    {
        fixture.Dispose();
        await endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Reading_waits_for_an_endpoint_that_is_slower_and_has_no_more_requests_than_allowed()
    {
        fixture.Write("many.ndjson", string.Concat(Enumerable.Range(0, Documents).Select(static number => $$"""{"text": "Note {{number}}."}""" + "\n")));
        var file = SourceFolder.List(fixture.Source).Single();
        using var remote = new RemoteEmbedder(new RemoteEmbedderOptions { Url = endpoint.Url, Model = "small", Dimensions = 3, MaxInFlight = 2 }, TimeProvider.System);
        var context = new FakeJobContext(fixture.Jobs, new JobId("slice"), DocumentKinds.Embed, 1, fixture.Services, CancellationToken.None);
        using var segment = new SegmentWriter(fixture.Layout("made").Segment(ContentHash.Of("many")), ".tmp");

        var (report, _) = await new SliceEmbedder(new Embedder("slow", remote, null), new Chunker(1000, 150), Parallelism, TimeProvider.System)
            .RunAsync(new PlannedSlice(ContentHash.Of("many"), [file]), segment, context);

        Assert.Equal(Documents, report.Documents);
        Assert.Equal(2, endpoint.MostInFlight);
        // what the buffers hold, and what each stage has in hand
        const int Bound = (2 * (Buffer + 1)) + ((Buffer + 1 + Buffer + Parallelism + 1) * Batch);
        Assert.NotEmpty(context.Messages);
        Assert.All(context.Messages, static message => Assert.InRange(AheadOf(message), 0, Bound));
        Assert.True(Bound < Documents / 2);
    }

    /// <summary>How many documents were read and not written yet, by what the job said of its stages.</summary>
    private static int AheadOf(string message)
    {
        var counts = Stage().Matches(message).ToDictionary(static match => match.Groups["name"].Value, static match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));
        return counts["read"] - (counts["write"] * Batch);
    }

    [GeneratedRegex(@"(?<name>[a-z]+) (?<count>\d+)")]
    private static partial Regex Stage();
}
