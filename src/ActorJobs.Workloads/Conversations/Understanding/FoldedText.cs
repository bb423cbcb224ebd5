using System.Text;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Text without what people leave out when they type in a hurry: capitals, accents, plural endings.</summary>
internal static class FoldedText
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ²³";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyy23";

    /// <summary>Lower case, without accents; what looks like an apostrophe is none.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.ToLowerInvariant())
        {
            var at = Accented.IndexOf(letter, StringComparison.Ordinal);
            // a combining accent follows its letter: the letter is enough
            if (letter is < '\u0300' or > '\u036f' && letter is not ('\'' or '’' or '´' or '`'))
                folded.Append(at < 0 ? letter : Plain[at]);
        }

        return folded.ToString();
    }

    /// <summary>A folded word without its plural ending.</summary>
    public static string Singular(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("oes", StringComparison.Ordinal) => word[..^3] + "ao",
        { Length: > 3 } when word[^1] == 's' && word[^2] != 's' => word[..^1],
        _ => word,
    };
}
