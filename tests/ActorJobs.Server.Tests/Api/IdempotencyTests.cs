namespace ActorJobs.Server.Tests.Api;

public sealed class IdempotencyTests
{
    private const string Body = """{"kind":"mail.send","args":{"n":1}}""";

    [Fact]
    public async Task The_same_key_and_body_make_one_job()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (_, first, _) = await host.PostAsync("/api/v1/jobs", Body, ("Idempotency-Key", "order-7"));
        var (status, second, _) = await host.PostAsync("/api/v1/jobs", Body, ("Idempotency-Key", "order-7"));

        Assert.Equal(202, status);
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal((true, false), (first.GetProperty("isNew").GetBoolean(), second.GetProperty("isNew").GetBoolean()));
    }

    [Fact]
    public async Task The_id_is_a_UUID_version_8_that_only_the_key_decides()
    {
        await using var one = await FrontDoorHost.StartAsync();
        await using var another = await FrontDoorHost.StartAsync();

        var (_, here, _) = await one.PostAsync("/api/v1/jobs", Body, ("Idempotency-Key", "order-7"));
        var (_, there, _) = await another.PostAsync("/api/v1/jobs", """{"kind":"report.build"}""", ("Idempotency-Key", "\"order-7\""));

        var id = Guid.Parse(here.GetProperty("id").GetString()!);
        Assert.Equal(id, Guid.Parse(there.GetProperty("id").GetString()!));
        Assert.Equal(8, id.Version);
        Assert.Equal(0b10, id.Variant >> 2);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await using var host = await FrontDoorHost.StartAsync();
        await host.PostAsync("/api/v1/jobs", Body, ("Idempotency-Key", "order-7"));

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send","args":{"n":2}}""", ("Idempotency-Key", "order-7"));

        Assert.Equal((422, "idempotency-key-reused"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_batch_repeats_as_a_whole_and_another_batch_under_its_key_changes_nothing()
    {
        await using var host = await FrontDoorHost.StartAsync();
        const string Batch = """{"jobs":[{"kind":"mail.send"},{"kind":"mail.send"}]}""";

        var (_, first, _) = await host.PostAsync("/api/v1/jobs/batch", Batch, ("Idempotency-Key", "b"));
        var (_, second, _) = await host.PostAsync("/api/v1/jobs/batch", Batch, ("Idempotency-Key", "b"));
        var stored = host.Engine.Requests.Count;
        var (status, _, _) = await host.PostAsync("/api/v1/jobs/batch", """{"jobs":[{"kind":"report.build"},{"kind":"mail.send"},{"kind":"mail.send"}]}""", ("Idempotency-Key", "b"));

        Assert.Equal(first.GetProperty("ids").ToString(), second.GetProperty("ids").ToString());
        Assert.NotEqual(first.GetProperty("ids")[0].GetString(), first.GetProperty("ids")[1].GetString());
        Assert.Equal(422, status);
        Assert.Equal(stored, host.Engine.Requests.Count);
    }

    [Theory]
    [InlineData("", "invalid-idempotency-key")]
    [InlineData("order-7", "contradiction")]
    public async Task A_key_that_cannot_be_used_is_refused(string key, string code)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs", """{"kind":"mail.send","id":"mine"}""", ("Idempotency-Key", key));

        Assert.Equal((400, code), (status, problem.GetProperty("code").GetString()));
    }
}
