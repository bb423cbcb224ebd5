using System.Buffers.Text;
using System.Text;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Queries;

namespace ActorJobs.Tests.Queries;

public sealed class JobCursorTests
{
    [Theory]
    [InlineData(0, 0, "a")]
    [InlineData(3, 473_353_977_600_000_000, "with:every-allowed_character.~9")]
    [InlineData(12, -5, "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a")]
    public void A_cursor_comes_back_as_it_was_and_fits_an_address(int list, long sort, string id)
    {
        var cursor = new JobCursor(list, new IndexPosition(sort, JobEntity.Key(new JobId(id))));

        Assert.Equal(cursor, JobCursor.Parse(cursor.ToString()));
        Assert.Equal(cursor.ToString(), Uri.EscapeDataString(cursor.ToString()));
    }

    [Fact]
    public void The_beginning_of_a_list_has_a_cursor_too()
    {
        Assert.Equal(new JobCursor(2, null), JobCursor.Parse(new JobCursor(2, null).ToString()));
        Assert.Equal(default, JobCursor.Parse(null));
    }

    [Theory]
    [InlineData("not base64 !")]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("AAAA")]
    public void What_is_no_cursor_is_refused(string text) => Assert.Throws<FormatException>(() => JobCursor.Parse(text));

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("-1 5 a")]
    [InlineData("99999999999999999999")]
    [InlineData("1 5")]
    [InlineData("1 x a")]
    [InlineData("1 99999999999999999999 a")]
    [InlineData("1 5 not an id")]
    [InlineData("1 5 ")]
    public void What_only_looks_like_a_cursor_is_refused(string content) =>
        Assert.Throws<FormatException>(() => JobCursor.Parse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content))));
}
