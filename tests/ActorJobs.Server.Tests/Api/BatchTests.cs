using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Api;

public sealed class BatchTests
{
    [Fact]
    public async Task Jobs_are_accepted_and_refused_one_by_one()
    {
        await using var host = await FrontDoorHost.StartAsync();

        var receipt = await host.Client.SubmitManyAsync([new SubmitJob { Kind = "mail.send" }, new SubmitJob { Kind = "nobody" }, new SubmitJob { Kind = "report.build" }]);

        Assert.Equal(2, receipt.Accepted);
        Assert.Equal(2, receipt.Ids.Count);
        var error = Assert.Single(receipt.Errors);
        Assert.Equal((1, "unknown-kind", "/jobs/1/kind", 400), (error.Index, error.Problem.Code, error.Problem.Field, error.Problem.Status));
    }

    [Fact]
    public async Task Jobs_that_were_there_already_are_named()
    {
        await using var host = await FrontDoorHost.StartAsync();
        SubmitJob[] jobs = [new() { Kind = "mail.send", Id = "old" }, new() { Kind = "mail.send", Id = "new" }];
        Assert.Empty((await host.Client.SubmitManyAsync([jobs[0]])).Existing);

        var receipt = await host.Client.SubmitManyAsync(jobs);

        Assert.Equal((2, "old,new", "old"), (receipt.Accepted, string.Join(',', receipt.Ids), string.Join(',', receipt.Existing)));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_was_accepted_is_a_problem_with_all_the_others_beside_it()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Answer = request => new SubmitResult.QueueFull(request.Queue!, TimeSpan.FromSeconds(request.Priority!.Value));

        var (status, problem, response) = await host.PostAsync(
            "/api/v1/jobs/batch", """{"jobs":[{"kind":"mail.send","queue":"a","priority":1},{"kind":"mail.send","queue":"b","priority":7}]}""");

        Assert.Equal((429, "queue-full", 0), (status, problem.GetProperty("code").GetString(), problem.GetProperty("accepted").GetInt32()));
        Assert.Equal(2, problem.GetProperty("errors").GetArrayLength());
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("""{"jobs":[{"kind":"mail.send"},{"kind":"mail.send","unique":{"key":5}}]}""", "wrong-type", "/jobs/1/unique/key")]
    [InlineData("""{"jobs":[{"kind":"mail.send"},7]}""", "wrong-type", "/jobs/1")]
    [InlineData("""{"jobs":[{"args":1}]}""", "missing-field", "/jobs/0/kind")]
    [InlineData("""{"jobs":{}}""", "wrong-type", "/jobs")]
    [InlineData("""{"jobs":[]}""", "empty-batch", "/jobs")]
    [InlineData("""{}""", "missing-field", "/jobs")]
    [InlineData("""{"job":[]}""", "unknown-field", "/job")]
    public async Task A_malformed_job_refuses_the_batch_before_anything_is_stored(string body, string code, string place)
    {
        await using var host = await FrontDoorHost.StartAsync();

        var (status, problem, _) = await host.PostAsync("/api/v1/jobs/batch", body);

        Assert.Equal((400, code, place), (status, problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString()));
        Assert.Empty(host.Engine.Requests);
    }

    [Theory]
    [InlineData(10_000, 202)]
    [InlineData(10_001, 400)]
    public async Task A_batch_has_up_to_ten_thousand_jobs(int count, int expected)
    {
        await using var host = await FrontDoorHost.StartAsync();
        var jobs = string.Join(',', Enumerable.Repeat("""{"kind":"mail.send","args":{"n":1}}""", count));

        var (status, _, _) = await host.PostAsync("/api/v1/jobs/batch", $$"""{"jobs":[{{jobs}}]}""");

        Assert.Equal(expected, status);
        Assert.Equal(expected == 202 ? count : 0, host.Engine.Requests.Count);
    }

    [Fact]
    public async Task A_batch_may_have_more_than_a_server_takes_by_default()
    {
        await using var host = await FrontDoorHost.StartAsync();
        var job = $$"""{"kind":"mail.send","args":"{{new string('x', 1_000_000)}}"}""";

        var (fits, _, _) = await host.PostAsync("/api/v1/jobs/batch", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat(job, 33))}}]}""");
        var (tooLarge, _, _) = await host.PostAsync("/api/v1/jobs/batch", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat(job, 34))}}]}""");

        Assert.Equal((202, 413), (fits, tooLarge));
    }
}
