using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Embedding;

public sealed class RemoteEmbedderTests : IAsyncLifetime
{
    private FakeEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await FakeEndpoint.StartAsync();

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public async Task Texts_go_in_batches_with_the_key_and_come_back_in_their_order()
    {
        using var embedder = Open(options => (options.BatchSize, options.Key) = (2, "sesame"));

        var vectors = await embedder.GenerateAsync(["a", "bb", "ccc"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1f, 2f, 3f], vectors.Select(static vector => vector.Vector.Span[0]));
        Assert.Equal("Bearer sesame", endpoint.Authorization);
        Assert.Equal(2, endpoint.Arrived.Count);
        var first = await endpoint.Arrived.ReadAsync(TestContext.Current.CancellationToken);
        var second = await endpoint.Arrived.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, 1, "small"), (first.GetProperty("input").GetArrayLength(), second.GetProperty("input").GetArrayLength(), first.GetProperty("model").GetString()));
        Assert.False(first.TryGetProperty("dimensions", out _));
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed_however_many_ask()
    {
        var held = new SemaphoreSlim(0);
        endpoint.Answer = async (_, body, context) =>
        {
            await held.WaitAsync(context.RequestAborted);
            await FakeEndpoint.VectorsAsync(body, context);
        };
        using var embedder = Open(options => options.MaxInFlight = 3);

        var asked = Enumerable.Range(0, 12).Select(_ => embedder.GenerateAsync(["a"])).ToArray();
        for (var request = 0; request < 3; request++)
            await endpoint.Arrived.ReadAsync(TestContext.Current.CancellationToken);
        held.Release(12);
        await Task.WhenAll(asked);

        Assert.Equal(3, endpoint.MostInFlight);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_passes_is_asked_again_when_the_endpoint_says(int status)
    {
        endpoint.Answer = (number, body, context) => number < 3 ? RefuseAsync(context, status, retryAfter: "0") : FakeEndpoint.VectorsAsync(body, context);
        using var embedder = Open();

        Assert.Single(await embedder.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(3, endpoint.Arrived.Count);
    }

    [Fact]
    public async Task What_does_not_pass_is_given_up_after_the_retries()
    {
        endpoint.Answer = static (_, _, context) => RefuseAsync(context, 503, retryAfter: "0");
        using var embedder = Open(options => options.Retries = 2);

        await Assert.ThrowsAsync<EmbeddingEndpointException>(() => embedder.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(3, endpoint.Arrived.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task A_refusal_is_not_asked_again(int status)
    {
        endpoint.Answer = (_, _, context) => RefuseAsync(context, status, retryAfter: null);
        using var embedder = Open();

        await Assert.ThrowsAsync<EmbeddingEndpointException>(() => embedder.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(1, endpoint.Arrived.Count);
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2]}]}""")]
    [InlineData("""{"data":[{"index":1,"embedding":[1,2,3]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":null}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2,1e999]}]}""")]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task An_answer_that_does_not_fit_the_request_is_refused(string answer)
    {
        endpoint.Answer = (_, _, context) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answer);
        };
        using var embedder = Open();

        await Assert.ThrowsAsync<InvalidDataException>(() => embedder.GenerateAsync(["a"], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Requests_begin_evenly_spaced_and_none_before_the_endpoint_wants_them()
    {
        var time = new Clock();
        var pacer = new RequestPacer(perMinute: 60, time);

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => pacer.Reserve().TotalSeconds));
        time.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(0, pacer.Reserve().TotalSeconds);
        pacer.HoldBack(TimeSpan.FromSeconds(30));
        Assert.Equal([30, 31], Enumerable.Range(0, 2).Select(_ => pacer.Reserve().TotalSeconds));
    }

    [Fact]
    public async Task An_index_is_rebuilt_and_searched_by_an_endpoint_of_the_settings()
    {
        using var fixture = new DocumentsFixture(options => options.Embedders["remote"] = Options());
        fixture.Define("notes", embedder: "remote");
        fixture.Write("a.md", "honey");
        fixture.Write("b.md", "a much longer text about bees");

        var result = await fixture.RebuildAsync("notes", "r1");

        Assert.Equal(2, result.Documents);
        Assert.Equal("a.md", (await fixture.SearchAsync("notes", "honey"))[0].DocumentId);
        Assert.Equal("remote:small:3", IndexManifest.Read(fixture.Layout("notes").Version(1)).EmbedderId);
    }

    private static Task RefuseAsync(HttpContext context, int status, string? retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    }

    private RemoteEmbedderOptions Options() => new() { Url = endpoint.Url, Model = "small", Dimensions = 3 };

    private RemoteEmbedder Open(Action<RemoteEmbedderOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return new RemoteEmbedder(options, TimeProvider.System);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
