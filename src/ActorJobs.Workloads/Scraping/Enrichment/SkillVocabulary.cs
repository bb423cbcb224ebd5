using System.Text.RegularExpressions;

namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>
/// Finds skills in text by a list of names and other spellings. One skill a line, <c>Name = spelling, spelling</c>; <c>#</c> begins a comment when a space
/// or nothing follows; <c>!Name</c> matches only in this case.
/// </summary>
internal sealed partial class SkillVocabulary
{
    private const int MaxWords = 4;
    private readonly Dictionary<string, string> byExactSpelling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> bySpelling = new(StringComparer.OrdinalIgnoreCase);

    private SkillVocabulary(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line != "#" && !line.StartsWith("# ", StringComparison.Ordinal)))
            Add(line);
    }

    public static SkillVocabulary Parse(string text) => new(text.Split('\n'));

    /// <summary>The deployer's file, else the copy in the assembly.</summary>
    public static SkillVocabulary Load(string path)
    {
        if (File.Exists(path))
            return new SkillVocabulary(File.ReadLines(path));
        using var stream = typeof(SkillVocabulary).Assembly.GetManifestResourceStream("scraping/skills.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <summary>The skills named in the text, in the order of their first mention; the longest name at a place wins.</summary>
    public IReadOnlyList<string> Find(string text)
    {
        var words = Word().Matches(text).Select(match => match.Value.TrimEnd('.')).ToList();
        var found = new List<string>();
        for (var i = 0; i < words.Count;)
        {
            var (skill, length) = LongestAt(words, i);
            if (skill is not null && !found.Contains(skill))
                found.Add(skill);
            i += length;
        }

        return found;
    }

    private (string? Skill, int Length) LongestAt(List<string> words, int index)
    {
        for (var length = Math.Min(MaxWords, words.Count - index); length > 0; length--)
        {
            var spelling = string.Join(' ', words.Skip(index).Take(length));
            if (byExactSpelling.TryGetValue(spelling, out var skill) || bySpelling.TryGetValue(spelling, out skill))
                return (skill, length);
        }

        return (null, 1);
    }

    private void Add(string line)
    {
        var parts = line.Split('=', 2);
        var isExact = parts[0].StartsWith('!');
        var name = parts[0].TrimStart('!').Trim();
        (isExact ? byExactSpelling : bySpelling)[name] = name;
        if (parts.Length == 2)
        {
            foreach (var spelling in parts[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                bySpelling[spelling] = name;
        }
    }

    // "C#", "C++", ".NET", "CI/CD", "Node.js", "t-sql" are words here
    [GeneratedRegex(@"\.?[\p{L}\p{N}][\p{L}\p{N}+#.]*(?:[/-][\p{L}\p{N}][\p{L}\p{N}+#.]*)*")]
    private static partial Regex Word();
}
