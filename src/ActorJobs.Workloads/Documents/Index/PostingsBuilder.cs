using System.Text;

namespace ActorJobs.Workloads.Documents;

/// <summary>Gathers which passages hold which words, in memory, as compressed lists: about 2 bytes for each word of a passage.</summary>
internal sealed class PostingsBuilder
{
    private readonly Dictionary<string, Postings> terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Postings>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<int> lengths = [];
    private readonly List<Postings> touched = [];

    public PostingsBuilder() => lookup = terms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds the next passage.</summary>
    public void Add(string text)
    {
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        var words = new WordReader(text, buffer);
        var length = 0;
        while (words.Read())
        {
            if (!lookup.TryGetValue(words.Current, out var postings))
                terms[words.Current.ToString()] = postings = new Postings();
            if (postings.Pending++ == 0)
                touched.Add(postings);
            length++;
        }

        foreach (var postings in touched)
            postings.Append(lengths.Count);
        touched.Clear();
        lengths.Add(length);
    }

    /// <summary>Writes the lists, the words in byte order, and the table that finds them.</summary>
    public void Write(HashedFileWriter file)
    {
        var sorted = terms.Select(term => (Utf8: Encoding.UTF8.GetBytes(term.Key), Postings: term.Value)).ToArray();
        Array.Sort(sorted, static (left, right) => left.Utf8.AsSpan().SequenceCompareTo(right.Utf8));

        file.Write(PostingsFile.Magic);
        var entries = new List<(long Term, int TermLength, int Count, long List)>(sorted.Length);
        foreach (var (utf8, postings) in sorted)
        {
            var term = file.Position;
            file.Write(utf8);
            var list = file.Position;
            file.Write(postings.Bytes);
            entries.Add((term, utf8.Length, postings.Count, list));
        }

        var table = file.Position;
        foreach (var (term, termLength, count, list) in entries)
        {
            file.Write(term);
            file.Write(termLength);
            file.Write(count);
            file.Write(list);
        }

        // read in place as integers: keep them aligned
        while (file.Position % sizeof(int) != 0)
            file.Write([0]);
        var lengthsAt = file.Position;
        foreach (var length in lengths)
            file.Write(length);
        file.Write(table);
        file.Write((long)sorted.Length);
        file.Write(lengthsAt);
        file.Write((long)lengths.Count);
        file.Write(lengths.Sum(static length => (long)length));
    }

    /// <summary>One word's list: the distance to the next passage and how often the word occurs there, as variable-length integers.</summary>
    private sealed class Postings
    {
        private byte[] bytes = new byte[8];
        private int length;
        private int last = -1;

        public int Count { get; private set; }

        public int Pending { get; set; }

        public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

        public void Append(int passage)
        {
            Put((uint)(passage - last));
            Put((uint)Pending);
            (last, Pending) = (passage, 0);
            Count++;
        }

        private void Put(uint value)
        {
            if (length + 5 > bytes.Length)
                Array.Resize(ref bytes, bytes.Length * 2);
            for (; value >= 0x80; value >>= 7)
                bytes[length++] = (byte)(value | 0x80);
            bytes[length++] = (byte)value;
        }
    }
}
