using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Workloads.Documents;

/// <summary>Writes a file front to back and hashes what passes. Numbers are little-endian.</summary>
internal sealed class HashedFileWriter : IDisposable
{
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public HashedFileWriter(string path) =>
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);

    /// <summary>How many bytes were written.</summary>
    public long Position { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hash.AppendData(bytes);
        Position += bytes.Length;
    }

    public void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>Its length in bytes, and its UTF-8.</summary>
    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        Write(bytes);
    }

    public void Write(ReadOnlySpan<float> values)
    {
        // the vectors are read in place by their layout in memory
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Vector files are little-endian.");
        Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Adds the hash of all before it as the file's last 32 bytes.</summary>
    public void WriteHash()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetCurrentHash(digest);
        Write(digest);
    }

    /// <summary>Syncs the file and says what it holds.</summary>
    public FileEntry Complete()
    {
        file.Flush(flushToDisk: true);
        return new FileEntry(Path.GetFileName(file.Name), Position, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }
}

/// <summary>A file as it was written.</summary>
/// <param name="Name">Without folder.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
internal sealed record FileEntry(string Name, long Length, string Sha256);
