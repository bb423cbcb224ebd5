namespace ActorJobs.Workloads.Documents;

/// <summary>The vectors of a version, row by row, read in place: a header of 64 bytes (magic, rows, dimensions), then the rows.</summary>
internal sealed class VectorFile : IDisposable
{
    public const string FileName = "vectors.f32";
    private const int HeaderLength = 64;
    private const long Magic = 0x31304345_564A41; // "AJVEC01"
    private readonly MappedFile file;

    public VectorFile(string path)
    {
        file = new MappedFile(path);
        if (file.Int64(0) != Magic)
            throw new InvalidDataException($"'{path}' is no vector file.");
        Count = file.Int32(8);
        Dimensions = file.Int32(12);
    }

    public int Count { get; }

    public int Dimensions { get; }

    public ReadOnlySpan<float> this[int row] => Rows(row, 1);

    public ReadOnlySpan<float> Rows(int first, int count) => file.Floats(HeaderLength + ((long)first * Dimensions * sizeof(float)), count * Dimensions);

    public static void WriteHeader(HashedFileWriter file, int count, int dimensions)
    {
        file.Write(Magic);
        file.Write(count);
        file.Write(dimensions);
        file.Write(new byte[HeaderLength - 16]);
    }

    public void Dispose() => file.Dispose();
}
