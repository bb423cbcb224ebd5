using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// The catalogue in force. Read at the start, beside the rest of it, where an error stops the node; read again when the file changes, where an error is logged, shown and
/// otherwise ignored: the last good catalogue stays in force. A copy inside the assembly stands in when there is no file.
/// </summary>
internal sealed partial class CatalogueFile : IDisposable
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger<CatalogueFile> logger;
    private readonly PhysicalFileProvider? folder;
    private readonly IDisposable? watch;

    private readonly Task<CatalogueVersion> first;

    // replaced as a whole by the watcher, read by anyone; null while the first is in force
    private volatile CatalogueVersion? later;

    public CatalogueFile(string path, TimeProvider time, ILogger<CatalogueFile> logger)
    {
        (this.path, this.time, this.logger) = (Path.GetFullPath(path), time, logger);
        // beside the rest of a start, of which it is a tenth
        first = Task.Run(ReadFirst);
        if (Path.GetDirectoryName(this.path) is not { } name || !Directory.Exists(name))
            return;
        folder = new PhysicalFileProvider(name) { UseActivePolling = false, UsePollingFileWatcher = false };
        watch = ChangeToken.OnChange(() => folder.Watch(Path.GetFileName(this.path)), Reload);
    }

    /// <summary>The catalogue, when it was read, and what is wrong with a newer one that was refused.</summary>
    /// <exception cref="CatalogueException">The first one cannot be used.</exception>
    public CatalogueVersion Current => later ?? first.GetAwaiter().GetResult();

    /// <summary>Waits until the catalogue is read; every node does before it starts anything.</summary>
    /// <exception cref="CatalogueException">It cannot be used: the problems, by line.</exception>
    public void EnsureRead() => _ = Current;

    /// <summary>Reads the file again.</summary>
    public void Reload()
    {
        var reading = Load();
        if (reading.Catalogue is { } catalogue)
        {
            later = new(catalogue, time.GetUtcNow(), []);
            LogReloaded(logger, path, catalogue.Items.Count);
            return;
        }

        later = Current with { Problems = reading.Problems };
        LogRefused(logger, path, string.Join("; ", reading.Problems.Take(10)));
    }

    public void Dispose()
    {
        watch?.Dispose();
        folder?.Dispose();
    }

    private CatalogueVersion ReadFirst()
    {
        var reading = Load();
        return new(reading.Catalogue ?? throw new CatalogueException(path, reading.Problems), time.GetUtcNow(), []);
    }

    private CatalogueReading Load()
    {
        try
        {
            if (!File.Exists(path))
                return CatalogueReader.Read(BuiltIn());
            if (new FileInfo(path).Length > MaxBytes)
                return new(null, [new(1, "", $"the file is larger than {MaxBytes} bytes.")]);
            return CatalogueReader.Read(File.ReadAllText(path, Encoding.UTF8));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // half-way through being replaced: the next change comes
            return new(null, [new(1, "", exception.Message)]);
        }
    }

    private static string BuiltIn()
    {
        using var stream = typeof(CatalogueFile).Assembly.GetManifestResourceStream("conversations/catalogue.yaml")
            ?? throw new InvalidOperationException("The assembly lacks its catalogue.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [LoggerMessage(1, LogLevel.Information, "{Path} was read again: {Items} items.")]
    private static partial void LogReloaded(ILogger logger, string path, int items);

    [LoggerMessage(2, LogLevel.Error, "{Path} was changed and is not a catalogue; the last good one stays in force. {Problems}")]
    private static partial void LogRefused(ILogger logger, string path, string problems);
}

/// <summary>A catalogue in force.</summary>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Problems">Why a newer file was refused; none when there is no newer one.</param>
internal sealed record CatalogueVersion(Catalogue Catalogue, DateTimeOffset ReadAt, IReadOnlyList<CatalogueProblem> Problems)
{
    private readonly Lazy<MessageReader> reader = new(() => new MessageReader(Catalogue));

    /// <summary>Understands customers by this catalogue. Made once per version, with the first message: it indexes all words.</summary>
    public MessageReader Reader => reader.Value;
}
