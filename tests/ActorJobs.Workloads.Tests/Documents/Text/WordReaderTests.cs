using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Text;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" .,;- ", "")]
    [InlineData("Returns the value.", "return the value")]
    [InlineData("BitArray", "bit array bitarray")]
    [InlineData("XMLReader", "xml reader xmlreader")]
    [InlineData("IEnumerable", "enumerable ienumerable")]
    [InlineData("System.Int32", "system int32")]
    [InlineData("Int32Converter", "int32 converter int32converter")]
    [InlineData("queries classes status boxes", "query classe status boxe")]
    [InlineData("Größe 数字", "größe 数字")]
    public void Words_are_lower_cased_split_and_singular(string text, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Read(text).Select(word => word.Word)));
    }

    [Fact]
    public void A_word_knows_its_place()
    {
        Assert.Equal(
            [("the", 0, 3), ("bit", 4, 3), ("array", 7, 6), ("bitarray", 4, 9)],
            Read("the BitArrays").Select(word => (word.Word, word.Start, word.Length)));
    }

    [Fact]
    public void A_word_longer_than_the_buffer_is_cut()
    {
        Assert.Equal(WordReader.MaxLength, Read(new string('a', 500)).Single().Word.Length);
    }

    private static List<(string Word, int Start, int Length)> Read(string text)
    {
        var list = new List<(string, int, int)>();
        var words = new WordReader(text, stackalloc char[WordReader.MaxLength]);
        while (words.Read())
            list.Add((words.Current.ToString(), words.Start, words.Length));
        return list;
    }
}
