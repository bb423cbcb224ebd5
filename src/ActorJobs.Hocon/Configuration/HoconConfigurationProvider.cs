using ActorJobs.Hocon.Configuration;
using ActorJobs.Hocon.Files;
using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hocon;

/// <summary>Loads a HOCON file, and again when it changes.</summary>
internal sealed class HoconConfigurationProvider : ConfigurationProvider, IDisposable
{
    private readonly HoconConfigurationSource _source;
    private readonly string _path;
    private readonly FileWatch? _watch;
    private Dictionary<string, HoconPosition> _places = [];

    public HoconConfigurationProvider(HoconConfigurationSource source)
    {
        _source = source;
        _path = Path.GetFullPath(source.Path);
        _watch = source.ReloadOnChange ? new(Reload, source.Time) : null;
    }

    /// <summary>Loads the file.</summary>
    /// <exception cref="HoconException">It, or what it includes, is not valid.</exception>
    /// <exception cref="FileNotFoundException">It is missing and not optional.</exception>
    public override void Load()
    {
        var reader = new HoconFileReader(_source.Files);
        try
        {
            var loaded = HoconDocument.Load(_path, reader, _source.ReadEnvironment) switch
            {
                { } root => ConfigurationFlattener.Flatten(root, new(_source.Names)),
                null when _source.Optional => FlatConfiguration.Empty(),
                null => throw new FileNotFoundException($"The configuration file '{_path}' is missing and is not optional.", _path),
            };
            (Data, _places) = (loaded.Values, loaded.Places);
        }
        finally
        {
            // Also of a file that is not valid: the next change may mend it.
            _watch?.Watch(reader.Paths);
        }
    }

    /// <summary>Where a key was set; null when it was not.</summary>
    public HoconPosition? PositionOf(string key) => _places.TryGetValue(key, out var position) ? position : null;

    public void Dispose() => _watch?.Dispose();

    /// <summary>A file that has gone or is not valid leaves the values as they were: half an edit must not take a running node's configuration away.</summary>
    private void Reload()
    {
        try
        {
            Load();
            OnReload();
        }
        catch (HoconException error)
        {
            _source.ReloadFailed?.Invoke(error);
        }
        catch (FileNotFoundException error)
        {
            _source.ReloadFailed?.Invoke(new(error.Message, new(_path, 1, 1), error));
        }
    }
}
