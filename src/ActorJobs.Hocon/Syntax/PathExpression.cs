using System.Text;

namespace ActorJobs.Hocon.Syntax;

/// <summary>
/// Puts a path together from the tokens of a key or of a substitution. Dots outside quotes divide it; an empty element must be quoted.
/// Source: HOCON specification, "Path expressions".
/// </summary>
internal sealed class PathExpression(HoconPosition start)
{
    private readonly List<string> _keys = [];
    private readonly StringBuilder _element = new();
    private bool _quoted;

    public void AddQuoted(string text)
    {
        _element.Append(text);
        _quoted = true;
    }

    public void AddText(string text)
    {
        foreach (var character in text)
        {
            if (character == '.')
                EndElement();
            else
                _element.Append(character);
        }
    }

    public HoconPath ToPath()
    {
        EndElement();
        return new([.. _keys]);
    }

    private void EndElement()
    {
        if (_element.Length == 0 && !_quoted)
            throw new HoconException("a path has an empty element; an element that is meant to be empty is written \"\"", start);
        if (_keys.Count == HoconLimits.Depth)
            throw new HoconException($"a path has more than {HoconLimits.Depth} elements", start);
        _keys.Add(_element.ToString());
        _element.Clear();
        _quoted = false;
    }
}
