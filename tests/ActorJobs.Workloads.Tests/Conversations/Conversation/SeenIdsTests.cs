using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Conversation;

public sealed class SeenIdsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_are_known_for_seven_days_and_the_last_of_them_for_ever()
    {
        var seen = Add(SeenIds.None, 0, 1_000, Start);

        var after7 = Add(seen, 1_000, 10, Start.AddDays(7));
        Assert.Equal(1_010, after7.Count());
        Assert.True(after7.Contains(0));

        var after8 = Add(after7, 2_000, SeenIds.Least - 10, Start.AddDays(8));
        Assert.Equal(SeenIds.Least, after8.Count());
        Assert.False(after8.Contains(999));
        Assert.True(after8.Contains(1_000));
        Assert.True(after8.With(3_000, Start.AddYears(1)).Contains(1_000));
    }

    [Fact]
    public void So_many_are_known_and_beyond_them_the_oldest_are_forgotten()
    {
        var seen = Enumerable.Range(0, SeenIds.Most + 10).Aggregate(SeenIds.None, (seen, id) => seen.With(id, Start.AddMinutes(id)));

        Assert.Equal(SeenIds.Most, seen.Count());
        Assert.Equal(Enumerable.Range(10, SeenIds.Most), Enumerable.Range(0, SeenIds.Most + 20).Where(id => seen.Contains(id)));
    }

    [Fact]
    public void A_clock_that_is_behind_loses_nothing()
    {
        var seen = SeenIds.None.With(1, Start).With(2, Start.AddDays(-1)).With(3, Start);

        Assert.Equal([1, 2, 3], new long[] { 1, 2, 3, 4 }.Where(seen.Contains));
        Assert.Single(seen.Days);
    }

    [Fact]
    public void Days_are_bounded_however_long_it_goes_on()
    {
        var seen = Enumerable.Range(0, 1_000).Aggregate(SeenIds.None, (seen, day) => seen.With(day, Start.AddDays(day)));

        Assert.Equal(SeenIds.Least, seen.Days.Count);
        Assert.Equal(Enumerable.Range(1_000 - SeenIds.Least, SeenIds.Least), Enumerable.Range(0, 1_001).Where(day => seen.Contains(day)));
    }

    [Fact]
    public void A_thousand_messages_that_come_again_a_week_later_change_nothing()
    {
        var talk = new Talk();
        var messages = Enumerable.Range(0, 1_000).Select(i => new InboundMessage($"wamid.{i}", InboundKind.Text, talk.Now) { Text = $"line {i}" }).ToArray();
        foreach (var message in messages)
            talk.Hear(message);
        var known = talk.History.Count;
        talk.Now += TimeSpan.FromDays(7);

        foreach (var message in messages)
            talk.Hear(message);

        Assert.Equal(known, talk.History.Count);
        Assert.Equal(1_000, talk.History.Count(happened => happened is MessageReceived));
    }

    [Fact]
    public void The_state_stays_small()
    {
        var talk = new Talk();
        for (var i = 0; i < SeenIds.Most; i++)
            talk.Hear(new InboundMessage($"wamid.{i}", InboundKind.Text, talk.Now) { Text = "?" });

        var seen = ConversationCodec.Instance.EncodeState(talk.State).Length - ConversationCodec.Instance.EncodeState(talk.State with { Seen = SeenIds.None }).Length;
        Assert.InRange(seen, SeenIds.Most * sizeof(long), 44 * 1024);
    }

    [Fact]
    public void A_state_stored_with_a_list_of_ids_is_read_and_known_to_be_of_an_older_shape()
    {
        var state = ConversationCodec.Instance.DecodeState("""{"stage":"Quoted","seen":[1,2],"nextNumber":4}"""u8.ToArray());

        Assert.Equal((ConversationStage.Quoted, 4L, 0), (state.Stage, state.NextNumber, state.Seen.Count()));
        Assert.Equal(2, ConversationCodec.Instance.Schema);
    }

    private static SeenIds Add(SeenIds seen, int first, int count, DateTimeOffset at) =>
        Enumerable.Range(first, count).Aggregate(seen, (seen, id) => seen.With(id, at));
}
