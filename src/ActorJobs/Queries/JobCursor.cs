using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Queries;

/// <summary>Where a page of jobs ended: in which of the lists that may make up the answer (its rank), and behind which entry.</summary>
internal readonly record struct JobCursor(int List, IndexPosition? After)
{
    public static JobCursor Parse(string? text)
    {
        if (text is null)
            return default;
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 3);
            var list = int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
            if (parts.Length == 1)
                return new(list, null);
            return JobId.IsValid(parts[2])
                ? new(list, new IndexPosition(long.Parse(parts[1], CultureInfo.InvariantCulture), JobEntity.Key(new JobId(parts[2]))))
                : throw new FormatException("It points behind no job's id.");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException($"'{text}' is no cursor of a list of jobs.", exception);
        }
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        After is { } after ? $"{List} {after.Sort.ToString(CultureInfo.InvariantCulture)} {after.Key.Id}" : List.ToString(CultureInfo.InvariantCulture)));
}
