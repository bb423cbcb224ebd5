using System.Text;

namespace ActorJobs.Workloads.Scraping.Parsing;

/// <summary>
/// Mends JSON as templates break it, where only one reading makes sense: raw line breaks and tabs in strings, escapes JSON does not know, quotation marks
/// inside a string that are not escaped, and an end that is cut off. What is still no JSON afterwards is reported and not guessed at.
/// </summary>
internal static class JsonRepair
{
    private const int MaxNesting = 64;
    private static readonly string[] Literals = ["true", "false", "null"];

    public static string Repair(string json)
    {
        var result = new StringBuilder(json.Length + 64);
        var open = new Stack<char>();
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (inString)
            {
                inString = InString(json, ref i, result);
                continue;
            }

            if (c == '"')
                inString = true;
            else if (c is '{' or '[' && open.Count < MaxNesting)
                open.Push(c == '{' ? '}' : ']');
            else if (c is '}' or ']' && open.TryPeek(out var expected) && expected == c)
                open.Pop();
            result.Append(c);
        }

        return Close(result, open, inString);
    }

    // whether the string goes on
    private static bool InString(string json, ref int i, StringBuilder result)
    {
        var c = json[i];
        switch (c)
        {
            case '\\' when i + 1 < json.Length && json[i + 1] is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' or 'u':
                result.Append(c).Append(json[++i]);
                return true;
            case '\\':
                // \' and the like: the mark itself was meant
                return true;
            case '"' when EndsString(json, i):
                result.Append(c);
                return false;
            case '"':
                result.Append("\\\"");
                return true;
            case < ' ':
                result.Append(c is '\n' or '\r' ? "\\n" : " ");
                return true;
            default:
                result.Append(c);
                return true;
        }
    }

    // a quotation mark ends a string only where JSON goes on: before a colon, a bracket, the end, or a comma that another value follows
    private static bool EndsString(string json, int quote)
    {
        var next = Skip(json, quote + 1);
        if (next == json.Length || json[next] is ':' or '}' or ']')
            return true;
        if (json[next] != ',')
            return false;
        var value = Skip(json, next + 1);
        return value == json.Length || json[value] is '"' or '{' or '[' or '}' or ']' or '-' or (>= '0' and <= '9')
            || Literals.Any(literal => json.AsSpan(value).StartsWith(literal));
    }

    private static int Skip(string json, int index)
    {
        while (index < json.Length && char.IsWhiteSpace(json[index]))
            index++;
        return index;
    }

    private static string Close(StringBuilder result, Stack<char> open, bool inString)
    {
        // a text cut off in the middle is not the text: only whole members before the cut count
        if (inString)
            return result.ToString();
        while (result.Length > 0 && (char.IsWhiteSpace(result[^1]) || result[^1] is ';' or ','))
            result.Length--;
        while (open.TryPop(out var bracket))
            result.Append(bracket);
        return result.ToString();
    }
}
