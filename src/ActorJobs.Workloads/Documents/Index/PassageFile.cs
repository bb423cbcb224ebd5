namespace ActorJobs.Workloads.Documents;

/// <summary>The passages of a version: records, then the table of their places, then where the table is and how many there are.</summary>
internal sealed class PassageFile : IDisposable
{
    public const string FileName = "passages.bin";
    private const long Magic = 0x31304753_504A41; // "AJPSG01"
    private readonly MappedFile file;
    private readonly long table;

    public PassageFile(string path)
    {
        file = new MappedFile(path);
        if (file.Int64(0) != Magic)
            throw new InvalidDataException($"'{path}' is no passage file.");
        table = file.Int64(file.Length - 16);
        Count = (int)file.Int64(file.Length - 8);
    }

    public int Count { get; }

    public Passage this[int index]
    {
        get
        {
            var position = Position(index);
            var id = file.Text(ref position);
            var ordinal = file.Int32(position);
            position += sizeof(int);
            return new Passage(id, ordinal, file.Text(ref position), file.Text(ref position));
        }
    }

    /// <summary>The document's id alone, as bytes: to tell passages of one document without decoding them.</summary>
    public ReadOnlySpan<byte> DocumentId(int index)
    {
        var position = Position(index);
        return file.Bytes(position + sizeof(int), file.Int32(position));
    }

    /// <summary>The first passage of a document, or null. Walks through all of them: a millisecond for some ten thousand.</summary>
    public int? Find(string documentId)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(documentId);
        for (var passage = 0; passage < Count; passage++)
        {
            if (DocumentId(passage).SequenceEqual(utf8))
                return passage;
        }

        return null;
    }

    public void Dispose() => file.Dispose();

    private long Position(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        return file.Int64(table + ((long)index * sizeof(long)));
    }

    /// <summary>Writes the file.</summary>
    internal sealed class Writer(HashedFileWriter file)
    {
        private readonly List<long> places = [];

        public void Begin() => file.Write(Magic);

        public void Add(Passage passage)
        {
            places.Add(file.Position);
            file.Write(passage.DocumentId);
            file.Write(passage.Ordinal);
            file.Write(passage.Title);
            file.Write(passage.Text);
        }

        public void End()
        {
            var table = file.Position;
            foreach (var place in places)
                file.Write(place);
            file.Write(table);
            file.Write((long)places.Count);
        }
    }
}
