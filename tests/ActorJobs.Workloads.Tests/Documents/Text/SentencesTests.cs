using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Text;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("One.", "One.")]
    [InlineData("One. Two! Three? Four", "One. ", "Two! ", "Three? ", "Four")]
    [InlineData("Pi is 3.14 here. See System.String now.", "Pi is 3.14 here. ", "See System.String now.")]
    [InlineData("Uses a key, e.g. a name. Next.", "Uses a key, e.g. a name. ", "Next.")]
    [InlineData("He said \"go.\" Then left.", "He said \"go.\" ", "Then left.")]
    [InlineData("# Title\nFirst line\ngoes on.\n\nNew block", "# Title\n", "First line\ngoes on.\n\n", "New block")]
    [InlineData("- one\n- two\n", "- one\n", "- two\n")]
    [InlineData("a line\nwrapped", "a line\nwrapped")]
    public void Text_is_split_where_sentences_and_blocks_end(string text, params string[] expected)
    {
        Assert.Equal(expected, Sentences.Split(text).Select(range => text[range]));
    }
}
