namespace ActorJobs.Tests.DeadLetters;

/// <summary>What errors of one cause have in common.</summary>
public sealed class ErrorSignatureTests
{
    [Theory]
    [InlineData("Timeout after 30.5 s at host 10.0.0.1:80", "Timeout after # s at host #")]
    [InlineData("No user '4711' in \"eu\"", "No user '*' in '*'")]
    [InlineData("GET https://x.example/a?b=1 failed", "GET * failed")]
    [InlineData("no mailbox ada.l+x@mail.example.org", "no mailbox *")]
    [InlineData("job 01a201cb-37e5-7000-93ca-6593e1975b8d is gone", "job * is gone")]
    [InlineData("order 01ARZ3NDEKTSV4RRFFQ69G5FAV is gone", "order * is gone")]
    [InlineData("deadbeef is a word", "deadbeef is a word")]
    [InlineData("internationalisation is one too", "internationalisation is one too")]
    [InlineData("hash 0123456789abcdef0 differs", "hash * differs")]
    [InlineData("cannot open /data/17.txt", "cannot open /data/#.txt")]
    [InlineData("two\r\n\tlines \u001b[31m", "two lines [#m")]
    [InlineData("", "")]
    public void What_differs_from_job_to_job_is_left_out(string message, string common) => Assert.Equal(common, Of("E", message).Message);

    [Fact]
    public void Errors_of_other_types_are_other_groups() => Assert.NotEqual(Of("A", "x").Id, Of("B", "x").Id);

    [Fact]
    public void A_long_message_is_cut_and_costs_no_more_than_a_short_one()
    {
        var signature = Of("E", new string('x', 1_000_000));

        Assert.Equal(200, signature.Message.Length);
        Assert.True(ErrorSignature.IsId(signature.Id));
    }

    // changed rules change the names under which operators know their groups: let that be meant
    [Fact]
    public void The_name_of_a_group_is_stable() => Assert.Equal("55fd813f", Of("System.IO.IOException", "cannot open '/data/17.txt'").Id);

    private static ErrorSignature Of(string type, string message) => ErrorSignature.Of(new JobError(type, message, null));
}
