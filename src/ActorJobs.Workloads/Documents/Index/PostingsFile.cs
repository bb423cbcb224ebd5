using System.Text;

namespace ActorJobs.Workloads.Documents;

/// <summary>The inverted index of a version, read in place. See <see cref="PostingsBuilder"/> for how it is made.</summary>
internal sealed class PostingsFile : IDisposable
{
    public const string FileName = "postings.bin";
    public const long Magic = 0x313054_53504A41; // "AJPST01"
    private const int EntryLength = sizeof(long) + sizeof(int) + sizeof(int) + sizeof(long);
    private const int TrailerLength = 5 * sizeof(long);

    private readonly MappedFile file;
    private readonly long table;
    private readonly int terms;
    private readonly long lengthsAt;

    public PostingsFile(string path)
    {
        file = new MappedFile(path);
        var trailer = file.Length - TrailerLength;
        table = file.Int64(trailer);
        terms = (int)file.Int64(trailer + 8);
        lengthsAt = file.Int64(trailer + 16);
        Passages = (int)file.Int64(trailer + 24);
        AverageLength = Passages == 0 ? 0 : file.Int64(trailer + 32) / (float)Passages;
    }

    public int Passages { get; }

    /// <summary>The mean length of a passage, in words.</summary>
    public float AverageLength { get; }

    /// <summary>The lengths of the passages, in words.</summary>
    public ReadOnlySpan<int> Lengths => file.Ints(lengthsAt, Passages);

    /// <summary>The word's list, empty when no passage holds it.</summary>
    public PostingList Find(ReadOnlySpan<char> word)
    {
        Span<byte> utf8 = stackalloc byte[WordReader.MaxLength * 3];
        utf8 = utf8[..Encoding.UTF8.GetBytes(word, utf8)];
        var (low, high) = (0, terms - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var entry = table + ((long)middle * EntryLength);
            var order = file.Bytes(file.Int64(entry), file.Int32(entry + 8)).SequenceCompareTo(utf8);
            if (order == 0)
                return List(entry, middle);
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return default;
    }

    public void Dispose() => file.Dispose();

    // a list ends where the next word begins, the last one where the table does
    private PostingList List(long entry, int index)
    {
        var start = file.Int64(entry + 16);
        var end = index + 1 < terms ? file.Int64(entry + EntryLength) : table;
        return new PostingList(file.Bytes(start, (int)(end - start)), file.Int32(entry + 12));
    }
}

/// <summary>The passages that hold a word, in ascending order.</summary>
/// <param name="bytes">The compressed list.</param>
/// <param name="count">How many passages.</param>
internal ref struct PostingList(ReadOnlySpan<byte> bytes, int count)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;

    public readonly int Count => count;

    /// <summary>The passage's number.</summary>
    public int Passage { get; private set; } = -1;

    /// <summary>How often the word occurs in it.</summary>
    public int Frequency { get; private set; }

    public bool Read()
    {
        if (position >= bytes.Length)
            return false;
        Passage += Take();
        Frequency = Take();
        return true;
    }

    // nearly all numbers are a byte: words that are in many passages are in near ones, and most occur once
    private int Take()
    {
        uint value = bytes[position++];
        return value < 0x80 ? (int)value : TakeRest(value & 0x7F);
    }

    private int TakeRest(uint value)
    {
        for (var shift = 7; ; shift += 7)
        {
            uint next = bytes[position++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return (int)value;
        }
    }
}
