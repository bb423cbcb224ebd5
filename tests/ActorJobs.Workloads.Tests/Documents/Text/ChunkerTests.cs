using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Text;

public sealed class ChunkerTests
{
    [Theory]
    [InlineData("", 20, 5)]
    [InlineData("  \n ", 20, 5)]
    [InlineData("Short.", 20, 5, "Short.")]
    [InlineData("Aaaa. Bbbb. Cccc. Dddd.", 12, 0, "Aaaa. Bbbb. ", "Cccc. Dddd.")]
    [InlineData("Aaaa. Bbbb. Cccc. Dddd.", 12, 6, "Aaaa. Bbbb. ", "Bbbb. Cccc. ", "Cccc. Dddd.")]
    [InlineData("Aaaa. Bbbb. Cccc. Dddd.", 18, 12, "Aaaa. Bbbb. Cccc. ", "Bbbb. Cccc. Dddd.")]
    [InlineData("one two three four", 10, 0, "one two ", "three four")]
    [InlineData("abcdefghijklmnop", 5, 0, "abcde", "fghij", "klmno", "p")]
    public void Passages_end_with_sentences_and_repeat_whole_ones(string text, int size, int overlap, params string[] expected)
    {
        Assert.Equal(expected, new Chunker(size, overlap).Split(text).Select(range => text[range]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_text_is_covered_in_order_by_passages_that_fit(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => "ab. \n#!😀x"[random.Next(10)]));
            var chunker = new Chunker(random.Next(10, 60), random.Next(0, 10));
            var reached = 0;
            var before = -1;

            foreach (var (offset, length) in chunker.Split(text).Select(range => range.GetOffsetAndLength(text.Length)))
            {
                Assert.InRange(offset, before + 1, reached);
                Assert.True(offset + length > reached, $"seed {seed}: no progress at {offset} of '{text}'");
                Assert.InRange(length, 1, chunker.Size);
                (before, reached) = (offset, offset + length);
            }

            Assert.True(reached == text.Length || string.IsNullOrWhiteSpace(text), $"seed {seed}: ends at {reached} of '{text}'");
        }
    }
}
