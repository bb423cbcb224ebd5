using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Handlers;

public sealed class HandlerArgumentsTests
{
    [Theory]
    [InlineData("""{"number":1,"to":{"street":"High Street 1"}}""")]
    [InlineData("""{"number":1,"to":{"street":"High Street 1"},"note":null,"copies":3}""")]
    [InlineData("""{"NUMBER":1,"To":{"Street":"High Street 1"},"more":[]}""")]
    public void What_fits_is_read(string json)
    {
        var args = HandlerArguments.Read<Parcel>(RawJson.Parse(json), out var problem);

        Assert.Null(problem);
        Assert.Equal((1, "High Street 1", null), (args!.Number, args.To.Street, args.Note));
    }

    [Fact]
    public void What_was_written_from_the_type_is_read()
    {
        var parcel = new Parcel(7, new Address("High Street 1"), null);

        Assert.Equal(parcel, HandlerArguments.Read<Parcel>(RawJson.Of(parcel), out _));
    }

    [Theory]
    [InlineData("{}", "args", "'to'")]
    [InlineData("""{"to":{"street":"a"}}""", "args", "'number'")]
    [InlineData("""{"number":1,"to":{}}""", "args.to", "'street'")]
    [InlineData("""{"number":1,"to":null}""", "args.to", "null")]
    [InlineData("""{"number":1,"to":{"street":null}}""", "args.to.street", "null")]
    [InlineData("""{"number":"many","to":{"street":"a"}}""", "args.number", "whole number from -2147483648 to 2147483647, found the string \"many\"")]
    [InlineData("null", "args", "needs arguments")]
    public void What_does_not_fit_is_named(string json, string field, string named)
    {
        HandlerArguments.Read<Parcel>(RawJson.Parse(json), out var problem);

        Assert.Equal(("invalid-arguments", field), (problem!.Code, problem.Field));
        Assert.Contains(named, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_arguments_do_not_fit_is_not_accepted()
    {
        var kind = JobKind.For<Parcel, int, ParcelHandler>("parcel.send", new KindOptions());
        await using var node = await TestNode.StartAsync(new TestNodeSetup { Kinds = [kind] });

        var refused = Assert.IsType<SubmitResult.Invalid>(await node.DriveAsync(node.Client.SubmitAsync(new JobRequest { Kind = "parcel.send", Args = RawJson.Parse("""{"number":1}""") })));

        Assert.Equal(("invalid-arguments", "args"), (refused.Problem.Code, refused.Problem.Field));
        var id = await node.SubmitAsync(JobRequest.Of("parcel.send", new Parcel(1, new Address("abc"), null)));
        Assert.Equal("3", (await node.UntilAsync(id, JobStatus.Completed)).Result.ToString());
    }

    [Theory]
    [InlineData("""{"number":1.5,"to":{"street":"a"}}""", "args.number", "found 1.5")]
    [InlineData("""{"number":3000000000,"to":{"street":"a"}}""", "args.number", "found 3000000000")]
    [InlineData("""{"number":1,"to":[]}""", "args.to", "Expected an object, found an array")]
    [InlineData("5", "args", "Expected an object, found 5")]
    public void What_was_found_and_what_is_allowed_is_said_without_a_type_of_ours(string json, string field, string said)
    {
        var problem = HandlerArguments.ProblemOf<Parcel>(RawJson.Parse(json))!;

        Assert.Equal(field, problem.Field);
        Assert.Contains(said, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Parcel", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_constructor_throws_is_for_the_attempt_to_say() =>
        Assert.Null(HandlerArguments.ProblemOf<Fussy>(RawJson.Parse("""{"count":-1}""")));

    private sealed record Parcel(int Number, Address To, string? Note, int Copies = 1);

    private sealed record Address(string Street);

    private sealed record Fussy
    {
        public Fussy(int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            Count = count;
        }

        public int Count { get; }
    }

    private sealed class ParcelHandler : IJobHandler<Parcel, int>
    {
        public ValueTask<JobOutcome<int>> RunAsync(Parcel args, JobContext context) => new(args.To.Street.Length);
    }
}
