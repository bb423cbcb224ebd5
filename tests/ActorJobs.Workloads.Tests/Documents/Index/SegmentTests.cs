using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Index;

public sealed class SegmentTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("actorjobs-segment-").FullName;

    private string SegmentPath => Path.Combine(folder, "a.seg");

    [Fact]
    public void What_was_written_is_read()
    {
        var report = Write(new Passage("a", 0, "Title", "Größe 😀"), new Passage("a", 1, "", ""));

        using var segment = SegmentReader.TryOpen(SegmentPath)!;

        Assert.Equal([new Passage("a", 0, "Title", "Größe 😀"), new Passage("a", 1, "", "")], segment.Read().Select(record => record.Passage));
        Assert.Equal([0f, 1f], segment.Read().Select(record => BitConverter.ToSingle(segment.Vector(record.Vector))));
        Assert.Equal((2, 3), (segment.Count, segment.Dimensions));
        Assert.Equal(report.SetAside, segment.Report.SetAside);
        Assert.Equal(["a.seg"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_segment_that_was_not_completed_does_not_exist()
    {
        using (var segment = new SegmentWriter(SegmentPath, ".1.tmp"))
            segment.Add(new Passage("a", 0, "", ""), [1f]);

        Assert.Null(SegmentReader.TryOpen(SegmentPath));
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void Any_changed_byte_is_noticed()
    {
        Write(new Passage("a", 0, "Title", "Text"));
        var sound = File.ReadAllBytes(SegmentPath);
        for (var index = 0; index < sound.Length; index++)
        {
            var damaged = sound.ToArray();
            damaged[index] ^= 4;
            File.WriteAllBytes(SegmentPath, damaged);
            Assert.Null(SegmentReader.TryOpen(SegmentPath));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void A_cut_file_is_noticed(int length)
    {
        Write(new Passage("a", 0, "Title", "Text"));
        File.WriteAllBytes(SegmentPath, File.ReadAllBytes(SegmentPath)[..length]);

        Assert.Null(SegmentReader.TryOpen(SegmentPath));
    }

    [Fact]
    public void Vectors_of_different_lengths_do_not_meet()
    {
        using var segment = new SegmentWriter(SegmentPath, ".tmp");
        segment.Add(new Passage("a", 0, "", ""), [1f, 2f]);

        Assert.Throws<InvalidDataException>(() => segment.Add(new Passage("b", 0, "", ""), [1f]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private SegmentReport Write(params Passage[] passages)
    {
        using var segment = new SegmentWriter(SegmentPath, ".tmp");
        foreach (var (passage, index) in passages.Select((passage, index) => (passage, index)))
            segment.Add(passage, [index, 2, 3]);
        var report = new SegmentReport(1, passages.Length, false, [new SetAsideDocument("b", "embed", "bad")]);
        segment.Complete(report);
        return report;
    }
}
