using ActorJobs.DeadLetters;

namespace ActorJobs.Tests.DeadLetters;

/// <summary>Dead letters come together by cause.</summary>
public sealed class DeadLetterTallyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_group_says_how_many_of_what_and_since_when()
    {
        var tally = new DeadLetterTally();
        tally.Add(Letter("a", "mail", "q2", "no user 1", 10));
        tally.Add(Letter("b", "mail", "q1", "no user 22", 30));
        tally.Add(Letter("c", "report", "q1", "no user 333", 20));
        tally.Add(Letter("d", "mail", "q1", "out of paper", 40));

        var groups = tally.ToGroups(isCut: true);

        Assert.Equal((4, true, 0), (groups.Examined, groups.IsCut, groups.Omitted));
        var (users, paper) = (groups.Items[0], groups.Items[1]);
        Assert.Equal((3, "no user #", new JobId("b")), (users.Count, users.Signature.Message, users.Sample));
        Assert.Equal((Now.AddSeconds(10), Now.AddSeconds(30)), (users.FirstSeen, users.LastSeen));
        Assert.Equal((string[])["mail", "report"], users.Kinds);
        Assert.Equal((string[])["q1", "q2"], users.Queues);
        Assert.Equal((1, new JobId("d")), (paper.Count, paper.Sample));
    }

    [Fact]
    public void More_causes_than_are_listed_are_counted()
    {
        var tally = new DeadLetterTally();
        for (var number = 0; number < DeadLetterGroups.MaxGroups + 7; number++)
            tally.Add(Letter($"j{number}", "mail", "q", "cause " + new string((char)('a' + (number % 26)), 1 + (number / 26)), number));

        var groups = tally.ToGroups(isCut: false);

        Assert.Equal((DeadLetterGroups.MaxGroups, 7), (groups.Items.Count, groups.Omitted));
    }

    private static JobView Letter(string id, string kind, string queue, string message, int second) => new()
    {
        Id = new JobId(id),
        Kind = kind,
        State = JobStatus.Discarded,
        Queue = queue,
        Error = new JobError("E", message, null),
        FinishedAt = Now.AddSeconds(second),
    };
}
