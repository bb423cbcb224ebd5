using System.Text;
using System.Xml;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// A member's documentation as plain text: summary, remarks, value, returns and parameters, a paragraph each. Exceptions, examples and links to
/// related members are left out: they are alike for thousands of members and tell none of them apart.
/// </summary>
internal sealed class XmlMemberText
{
    private readonly StringBuilder text = new();

    public string Read(XmlReader member)
    {
        text.Clear();
        member.Read();
        var more = member.Read();
        while (more)
        {
            if (member.NodeType != XmlNodeType.Element)
            {
                more = member.Read();
            }
            else if (IsSaid(member.Name))
            {
                Paragraph(member);
                more = member.Read();
            }
            else
            {
                // moves behind the element by itself
                member.Skip();
                more = !member.EOF;
            }
        }

        return text.ToString();
    }

    private static bool IsSaid(string element) => element is "summary" or "remarks" or "value" or "returns" or "param" or "typeparam";

    private void Paragraph(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return;
        var before = text.Length;
        if (before > 0)
            text.Append('\n');
        if (reader.GetAttribute("name") is { Length: > 0 } parameter)
            text.Append(parameter).Append(": ");
        var start = text.Length;

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
            Append(reader);

        while (text.Length > start && text[^1] == ' ')
            text.Length--;
        if (text.Length == start)
            text.Length = before;
    }

    private void Append(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                Append(reader.Value);
                break;
            case XmlNodeType.Element when reader.IsEmptyElement:
                Append(Reference(reader));
                break;
            case XmlNodeType.Element when reader.Name is "para" or "item" or "list" or "code":
                Append(" ");
                break;
        }
    }

    // <see cref="T:X"/>, <see langword="null"/>, <paramref name="x"/> stand for words of the sentence
    private static string Reference(XmlReader reader) =>
        reader.GetAttribute("cref") is { } member ? MemberName.Display(member)
        : reader.GetAttribute("langword") ?? reader.GetAttribute("name") ?? " ";

    private void Append(string value)
    {
        foreach (var character in value)
        {
            if (!char.IsWhiteSpace(character))
                text.Append(character);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                text.Append(' ');
        }
    }
}
