using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Workflows;

/// <summary>Lists workflows from their indexes: status by status, each merged over the shards.</summary>
internal sealed class WorkflowLists(IEntityStore store, WorkflowReading reading, int shards)
{
    private static readonly WorkflowStatus[] Order =
    [
        WorkflowStatus.Running, WorkflowStatus.Cancelling, WorkflowStatus.Compensating,
        WorkflowStatus.Failed, WorkflowStatus.Compensated, WorkflowStatus.Cancelled, WorkflowStatus.Completed,
    ];

    public async ValueTask<WorkflowPage> ListAsync(WorkflowStatus? status, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var (list, after) = Parse(cursor);
        WorkflowStatus[] lists = status is { } only ? [only] : Order;
        var items = new List<WorkflowView>(limit);
        while (list < lists.Length)
        {
            var room = limit - items.Count;
            var page = await PageAsync(lists[list], after, room, cancellationToken).ConfigureAwait(false);
            await foreach (var state in reading.StatesAsync(page.Select(entry => entry.Key.Id), cancellationToken).ConfigureAwait(false))
                items.Add(WorkflowViews.Summary(state));
            if (items.Count >= limit)
                return new WorkflowPage(items, Text(list, page[^1]));
            if (page.Count == room)
                after = new IndexPosition(page[^1].Sort, page[^1].Key); // some were deleted meanwhile: the list goes on
            else
                (list, after) = (list + 1, null);
        }

        return new WorkflowPage(items, null);
    }

    private ValueTask<IReadOnlyList<StoredEntry>> PageAsync(WorkflowStatus status, IndexPosition? after, int limit, CancellationToken cancellationToken) =>
        MergedIndex.ReadAsync(store, shards, new MergedQuery([WorkflowIndex.Of(status)], limit) { After = after, Descending = true }, cancellationToken);

    private static string Text(int list, StoredEntry last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list} {last.Sort} {last.Key.Id}")));

    private static (int List, IndexPosition? After) Parse(string? cursor)
    {
        if (cursor is null)
            return (0, null);
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ', 3);
            if (parts.Length == 3 && WorkflowIds.IsPossible(parts[2]))
            {
                var list = int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
                return (list, new IndexPosition(long.Parse(parts[1], CultureInfo.InvariantCulture), WorkflowIds.Entity(parts[2])));
            }
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new FormatException($"'{cursor}' is no cursor of a list of workflows.", exception);
        }

        throw new FormatException($"'{cursor}' is no cursor of a list of workflows.");
    }
}
