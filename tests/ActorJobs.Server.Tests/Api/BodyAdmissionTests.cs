using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

/// <summary>A node of which more is asked than its memory allows refuses large requests and serves small ones.</summary>
public sealed class BodyAdmissionTests
{
    private const string Batch = "/api/v1/jobs/batch";
    private const string Small = """{"kind":"mail.send"}""";
    private const int Weight = 150_000;

    private static readonly string Large = $$"""{"jobs":[{"kind":"mail.send","args":"{{new string('x', Weight)}}"}]}""";

    private readonly BodyBudget budget = new(256 << 10); // room for one of them

    [Fact]
    public async Task Beside_a_large_body_another_is_refused_before_it_is_read_and_a_small_one_passes()
    {
        await using var host = await StartAsync();
        var other = budget.TryTake(Weight)!;
        using var content = new SentBody(Large, isDeclared: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, Batch) { Content = content };
        request.Headers.ExpectContinue = true;

        var (status, problem, response) = await FrontDoorHost.ReadAsync(await host.Http.SendAsync(request));

        Assert.Equal((503, "too-many-bodies", "application/problem+json"),
            (status, problem.GetProperty("code").GetString(), response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter!.Delta);
        Assert.False(content.WasSent);
        Assert.Equal(202, (await host.PostAsync("/api/v1/jobs", Small)).Status);
        other.Dispose();
        Assert.Equal(202, (await host.PostAsync(Batch, Large)).Status);
    }

    [Fact]
    public async Task A_sender_that_does_not_wait_to_be_asked_hears_the_refusal_too()
    {
        await using var host = await StartAsync();
        using var other = budget.TryTake(Weight);

        Assert.Equal(503, (await host.PostAsync(Batch, new string(' ', BodyBudget.Largest))).Status);
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_length_counts_as_it_is_read()
    {
        await using var host = await StartAsync();
        var other = budget.TryTake(Weight)!;

        var (status, problem, response) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync(Batch, new SentBody(Large, isDeclared: false)));

        Assert.Equal((503, "too-many-bodies"), (status, problem.GetProperty("code").GetString()));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsync("/api/v1/jobs", new SentBody(Small, isDeclared: false))).StatusCode);
        other.Dispose();
        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsync(Batch, new SentBody(Large, isDeclared: false))).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_has_its_room_until_its_jobs_are_stored(bool isDeclared)
    {
        await using var host = await StartAsync();
        var wasTaken = false;
        host.Engine.Answer = _ =>
        {
            using var another = budget.TryTake(Weight);
            wasTaken = another is null;
            return null;
        };

        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsync(Batch, new SentBody(Large, isDeclared))).StatusCode);

        Assert.True(wasTaken);
    }

    [Fact]
    public async Task Requests_that_are_refused_for_other_reasons_give_their_room_back()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < 5; i++)
            Assert.Equal(400, (await host.PostAsync(Batch, Large[..^2])).Status);

        using var large = budget.TryTake(192 << 10); // three quarters
        var small = Enumerable.Range(0, 2).Select(_ => budget.TryTake(32 << 10)).ToArray();
        Assert.All(small, Assert.NotNull);
        Assert.Null(budget.TryTake(1));
    }

    private Task<FrontDoorHost> StartAsync() => FrontDoorHost.StartAsync(services: services => services.AddSingleton(budget));

    private sealed class SentBody : HttpContent
    {
        private readonly byte[] body;
        private readonly bool isDeclared;

        public SentBody(string text, bool isDeclared)
        {
            (body, this.isDeclared) = (Encoding.UTF8.GetBytes(text), isDeclared);
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        public bool WasSent { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasSent = true;
            return stream.WriteAsync(body).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return isDeclared;
        }
    }
}
