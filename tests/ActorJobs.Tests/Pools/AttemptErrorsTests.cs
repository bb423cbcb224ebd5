using ActorJobs.Pools;

namespace ActorJobs.Tests.Pools;

public sealed class AttemptErrorsTests
{
    private static readonly KindOptions Options = new()
    {
        Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(1)),
        BackoffByException = { ["TimeoutException"] = new Backoff.Fixed(TimeSpan.FromMinutes(1)) },
        PermanentExceptions = { "FormatException" },
    };

    [Fact]
    public void A_permanent_exception_ends_the_job() =>
        Assert.Equal("System.FormatException", Assert.IsType<JobOutcome.Discard>(AttemptErrors.OutcomeOf(new FormatException("bad"), Options)).Error.Type);

    [Theory]
    [InlineData(typeof(TimeoutException), 60)]
    [InlineData(typeof(InvalidOperationException), 1)]
    public void The_wait_is_that_of_the_exception_else_that_of_the_kind(Type type, int seconds)
    {
        var outcome = AttemptErrors.OutcomeOf((Exception)Activator.CreateInstance(type)!, Options);

        Assert.Null(Assert.IsType<JobOutcome.Failure>(outcome).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(seconds), AttemptErrors.BackoffFor(outcome, Options).After(1, 0));
    }

    [Fact]
    public void What_is_kept_of_an_exception_is_bounded()
    {
        var error = AttemptErrors.Of(Thrown(new string('x', 100_000)));

        Assert.InRange(error.Message.Length, 4096, 4100);
        Assert.InRange(error.Stack!.Length, 16_384, 16_388);
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
