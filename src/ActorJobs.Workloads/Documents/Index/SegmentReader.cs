using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>Reads a segment whose hash is right.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly MappedFile file;
    private readonly long reportPosition;

    private SegmentReader(MappedFile file)
    {
        this.file = file;
        var trailer = file.Length - Segment.TrailerLength;
        if (trailer < sizeof(long) || file.Int64(0) != Segment.Magic)
            throw new InvalidDataException("The file is no segment.");
        if (!file.Hash(file.Length - 32).AsSpan().SequenceEqual(file.Bytes(file.Length - 32, 32)))
            throw new InvalidDataException("The segment's hash does not fit its content.");
        Dimensions = file.Int32(trailer);
        Count = file.Int32(trailer + sizeof(int));
        reportPosition = file.Int64(trailer + sizeof(int) + sizeof(int));
        Report = JsonSerializer.Deserialize<SegmentReport>(file.Bytes(reportPosition, (int)(trailer - reportPosition)), JobJson.Options)!;
    }

    public int Dimensions { get; }

    public int Count { get; }

    public SegmentReport Report { get; }

    /// <summary>Opens the segment, or returns null when it is not there or damaged: then it has to be made again.</summary>
    public static SegmentReader? TryOpen(string path)
    {
        MappedFile? file = null;
        try
        {
            file = new MappedFile(path);
            return new SegmentReader(file);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException)
        {
            file?.Dispose();
            return null;
        }
    }

    /// <summary>The records, each with the place of its vector for <see cref="Vector"/>.</summary>
    public IEnumerable<(Passage Passage, long Vector)> Read()
    {
        long position = sizeof(long);
        for (var index = 0; index < Count; index++)
        {
            var vector = position;
            position += (long)Dimensions * sizeof(float);
            var id = file.Text(ref position);
            var ordinal = file.Int32(position);
            position += sizeof(int);
            yield return (new Passage(id, ordinal, file.Text(ref position), file.Text(ref position)), vector);
        }
    }

    public ReadOnlySpan<byte> Vector(long position) => file.Bytes(position, Dimensions * sizeof(float));

    public void Dispose() => file.Dispose();
}
