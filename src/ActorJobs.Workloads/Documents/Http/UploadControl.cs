using System.Collections.Concurrent;
using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Documents;

/// <summary>Takes and gives back the documents that are sent to an index whose source is <c>uploads</c>.</summary>
internal sealed class UploadControl(IndexCatalog catalog)
{
    // counted once per index, then kept: a folder of many files is not listed for each document. Other nodes on the folder may make it lag behind.
    private readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    /// <summary>The index's store, or why it has none.</summary>
    public (UploadStore? Store, ApiProblem? Problem) Open(string index)
    {
        if (catalog.Find(index) is not { } definition)
            return (null, IndexControl.NoSuchIndex(index));
        return definition.Source == DocumentSources.Uploads
            ? (new UploadStore(catalog.Layout(index)), null)
            : (null, Problems.Conflict("not-uploads", $"Index '{index}' is made from '{definition.Source}'; only one with the source '{DocumentSources.Uploads}' takes documents."));
    }

    /// <summary>Stores a document; null when the index is full.</summary>
    /// <returns>Whether there was none of its id.</returns>
    public bool? Put(string index, UploadStore store, SourceDocument document)
    {
        var tally = tallies.GetOrAdd(index, _ => new Tally(store.Count()));
        if (tally.Value >= UploadStore.MaxDocuments && !store.Contains(document.Id))
            return null;
        var isNew = store.Put(document);
        if (isNew)
            tally.Add(1);
        return isNew;
    }

    /// <returns>Whether there was such a document.</returns>
    public bool Delete(string index, UploadStore store, string id)
    {
        var wasThere = store.Delete(id);
        if (wasThere && tallies.TryGetValue(index, out var tally))
            tally.Add(-1);
        return wasThere;
    }

    private sealed class Tally(int count)
    {
        private int value = count;

        public int Value => Volatile.Read(ref value);

        public void Add(int change) => Interlocked.Add(ref value, change);
    }
}
