namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The approximate index of a version, an inverted file (Sivic and Zisserman, 2003): the vectors' rows in lists by their nearest centroid, each with its
/// <see cref="SignCode"/>. A header of 64 bytes, the mean, the centroids, where the lists begin, the rows, the codes.
/// </summary>
internal sealed class ListsFile : IDisposable
{
    public const string FileName = "lists.ivf";
    private const int HeaderLength = 64;
    private const long Magic = 0x31305346_4C4A41; // "AJLFS01"

    private readonly MappedFile file;
    private readonly long centroidsAt;
    private readonly long startsAt;
    private readonly long rowsAt;
    private readonly long codesAt;

    public ListsFile(string path)
    {
        file = new MappedFile(path);
        if (file.Int64(0) != Magic)
            throw new InvalidDataException($"'{path}' is no file of lists.");
        Count = file.Int32(8);
        Dimensions = file.Int32(12);
        Lists = file.Int32(16);
        centroidsAt = HeaderLength + ((long)Dimensions * sizeof(float));
        startsAt = centroidsAt + ((long)Lists * Dimensions * sizeof(float));
        rowsAt = startsAt + ((Lists + 1L) * sizeof(int));
        codesAt = Aligned(rowsAt + ((long)Count * sizeof(int)));
    }

    /// <summary>How many vectors.</summary>
    public int Count { get; }

    public int Dimensions { get; }

    /// <summary>How many lists.</summary>
    public int Lists { get; }

    public ReadOnlySpan<float> Mean => file.Floats(HeaderLength, Dimensions);

    public ReadOnlySpan<float> Centroid(int list) => file.Floats(centroidsAt + ((long)list * Dimensions * sizeof(float)), Dimensions);

    /// <summary>The rows of a list, and their codes one behind the other.</summary>
    public ReadOnlySpan<int> Rows(int list) => file.Ints(rowsAt + ((long)Start(list) * sizeof(int)), Length(list));

    public ReadOnlySpan<ulong> Codes(int list)
    {
        var words = SignCode.Words(Dimensions);
        return file.Words(codesAt + ((long)Start(list) * words * sizeof(ulong)), Length(list) * words);
    }

    public int Length(int list) => Start(list + 1) - Start(list);

    public void Dispose() => file.Dispose();

    public static void Write(HashedFileWriter file, int dimensions, ReadOnlySpan<float> mean, ReadOnlySpan<float> centroids, IReadOnlyList<List<int>> lists, Action<int, Span<ulong>> code)
    {
        file.Write(Magic);
        file.Write(lists.Sum(static list => list.Count));
        file.Write(dimensions);
        file.Write(lists.Count);
        file.Write(new byte[HeaderLength - 20]);
        file.Write(mean);
        file.Write(centroids);
        var start = 0;
        file.Write(start);
        foreach (var list in lists)
            file.Write(start += list.Count);
        foreach (var row in lists.SelectMany(static list => list))
            file.Write(row);
        file.Write(new byte[Aligned(file.Position) - file.Position]);
        var words = new ulong[SignCode.Words(dimensions)];
        foreach (var row in lists.SelectMany(static list => list))
        {
            code(row, words);
            file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<ulong>(words));
        }
    }

    private int Start(int list)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)list, (uint)Lists);
        return file.Int32(startsAt + ((long)list * sizeof(int)));
    }

    private static long Aligned(long position) => (position + sizeof(ulong) - 1) / sizeof(ulong) * sizeof(ulong);
}
