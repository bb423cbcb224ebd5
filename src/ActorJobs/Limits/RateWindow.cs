namespace ActorJobs.Limits;

/// <summary>
/// The starts of the last window. A start counts a twentieth longer than the window is: that is how far the moments at which handlers begin may
/// lag behind the moments known here without a window ever holding too many. Starts close to each other are kept as one, at the time of the last.
/// </summary>
/// <param name="Marks">When how many started, oldest first; at most about seventy.</param>
internal sealed record RateWindow(IReadOnlyList<RateMark> Marks)
{
    private const int Resolution = 64; // marks per window

    public static RateWindow Empty { get; } = new([]);

    /// <summary>How many starts count at an instant.</summary>
    public int Used(TimeSpan per, DateTimeOffset now) => Marks.Sum(mark => EndOf(mark, per) > now ? mark.Count : 0);

    /// <summary>When the oldest start that counts ceases to; null when none does.</summary>
    public DateTimeOffset? FreeAt(TimeSpan per, DateTimeOffset now)
    {
        foreach (var mark in Marks)
        {
            if (EndOf(mark, per) is var end && end > now)
                return end;
        }

        return null;
    }

    /// <summary>The window after starts at an instant; what counts no more is left out.</summary>
    public RateWindow Add(int count, TimeSpan per, DateTimeOffset now)
    {
        var marks = Marks.Where(mark => EndOf(mark, per) > now).ToList();
        if (marks is [.., var last] && now - last.First < per / Resolution)
            marks[^1] = last with { At = now > last.At ? now : last.At, Count = last.Count + count };
        else
            marks.Add(new RateMark(now, now, count));
        return new RateWindow(marks);
    }

    private static DateTimeOffset EndOf(in RateMark mark, TimeSpan per) => mark.At + per + (per / 20);
}

/// <summary>Starts close to each other.</summary>
/// <param name="First">When the first of them was.</param>
/// <param name="At">When the last of them was: all count as if they had been then.</param>
/// <param name="Count">How many.</param>
internal readonly record struct RateMark(DateTimeOffset First, DateTimeOffset At, int Count);
