namespace ActorJobs.Workloads.Documents;

/// <summary>Reads the lines of a stream as bytes, in a buffer that never grows beyond the longest line allowed.</summary>
internal sealed class LineReader(Stream content, int maxLine)
{
    private byte[] buffer = new byte[Math.Min(1 << 16, maxLine + 1)];
    private int start;
    private int end;
    private bool ended;

    /// <summary>The line without its line feed; valid until the next read. Empty when it was too long.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Which line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line was longer than allowed, and was skipped.</summary>
    public bool IsTooLong { get; private set; }

    public bool Read()
    {
        Number++;
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var offset = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (offset >= 0)
                return Take(searched + offset, consumed: searched + offset + 1);
            searched = end - start;
            if (searched > maxLine)
            {
                // drop what was read of it and look for its end only
                IsTooLong = true;
                (start, end, searched) = (0, 0, 0);
            }

            if (ended || !Fill())
            {
                ended = true;
                return (searched > 0 || IsTooLong) && Take(searched, searched);
            }
        }
    }

    private bool Take(int length, int consumed)
    {
        IsTooLong |= length > maxLine;
        Current = IsTooLong ? default : buffer.AsMemory(start, length);
        start += consumed;
        return true;
    }

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxLine + 1 + (1 << 16)));
        var read = content.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
