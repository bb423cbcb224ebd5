using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// A file mapped into memory and read in place. The only unsafe code of this workload: every access is checked against the length. The file must not
/// change while mapped, which holds because index files are written once, under another name, and deleted whole.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    public MappedFile(string path)
    {
        Length = new FileInfo(path).Length;
        if (Length == 0)
            throw new InvalidDataException($"'{path}' is empty.");
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public long Length { get; }

    public ReadOnlySpan<byte> Bytes(long offset, int length)
    {
        Check(offset, length);
        return new ReadOnlySpan<byte>(start + offset, length);
    }

    public ReadOnlySpan<float> Floats(long offset, int count)
    {
        Check(offset, (long)count * sizeof(float));
        return new ReadOnlySpan<float>(start + offset, count);
    }

    public ReadOnlySpan<int> Ints(long offset, int count)
    {
        Check(offset, (long)count * sizeof(int));
        return new ReadOnlySpan<int>(start + offset, count);
    }

    public ReadOnlySpan<ulong> Words(long offset, int count)
    {
        Check(offset, (long)count * sizeof(ulong));
        return new ReadOnlySpan<ulong>(start + offset, count);
    }

    public int Int32(long offset) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(offset, sizeof(int)));

    public long Int64(long offset) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(offset, sizeof(long)));

    /// <summary>Reads a text behind its length and moves on.</summary>
    public string Text(ref long offset)
    {
        var length = Int32(offset);
        var text = Encoding.UTF8.GetString(Bytes(offset + sizeof(int), length));
        offset += sizeof(int) + length;
        return text;
    }

    /// <summary>The SHA-256 of the first <paramref name="length"/> bytes.</summary>
    public byte[] Hash(long length)
    {
        const int Step = 1 << 20;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long offset = 0; offset < length; offset += Step)
            hash.AppendData(Bytes(offset, (int)Math.Min(Step, length - offset)));
        return hash.GetHashAndReset();
    }

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    private void Check(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new InvalidDataException($"{length} bytes at {offset} are not within the file's {Length}.");
    }
}
