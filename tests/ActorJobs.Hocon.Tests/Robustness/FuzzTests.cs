using System.Text;
using ActorJobs.Hocon.Files;

namespace ActorJobs.Hocon.Tests.Robustness;

/// <summary>Whatever a file holds, reading it ends with a value or with a <see cref="HoconException"/>.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 10_000;

    private static readonly string[] Documents =
    [
        "a { b = 1, c = [1, 2, { d = ${a.b} }] } { e = x ${?no} y }, a.f += ${a.b}, a.f += \"q\"",
        "path = [/bin]\npath = ${path} [/usr/bin]\npath += ${?HOME}\nk = ${path}",
        "base { x = 10 seconds, y = 512K }\neast = ${base} { name = \"east\", inner = ${base} }\n",
        "include \"x.conf\"\ninclude required(file(\"y\"))\nk { include \"x\" }\nz = ${k.x}${x}",
        "s = \"\"\"multi\nline \" quotes\"\"\"\nt = \"esc \\u0041 \\n\" // comment\n# more\nu = 1e+5",
        "a = 1, b = 2, a = ${b}, b = ${a}, c = ${a}${b}, d { e = ${d.f}, f = ${?d.e} }",
        """{"json": [1, -2.5e3, true, null, {"a.b": "c"}], "x": {"y": {}}}""",
        "foo { a { c = 1 } }, foo = ${foo.a}, foo { a = 2 }, 0 = a, 1 = b, l = [] ${foo}",
    ];

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", "\n", "=", ":", "+=", "\"", "\"\"\"", "${", "${?", "${a}", "${?path}", "${base}", "include ", "include \"x\"", "required(", ")", "#", "//", "\\", ".",
        " ", "null", "true", "-1", "1e9", "\0", "\uFEFF", "é", "\ud800", "a.b.c = 1", "a = ${a}", "a += 1", "$",
    ];

    [Fact]
    public void Mutated_documents_end_with_a_value_or_a_stated_error()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ACTORJOBS_SEED"), out var given) ? given : 20261122;
        output.WriteLine($"seed {seed} (ACTORJOBS_SEED replays another)");
        var random = new Random(seed);
        var valid = 0;
        for (var round = 0; round < Mutations; round++)
        {
            var text = Mutate(Documents[random.Next(Documents.Length)], random);
            var files = new MemoryFiles
            {
                [Conf.Path] = text,
                ["/etc/node/x.conf"] = Mutate("x = 1, y = ${x}", random),
                ["/etc/node/y.json"] = Mutate("""{"y":{"z":[1]}}""", random),
            };
            if (Record.Exception(() => HoconDocument.Load(Conf.Path, new HoconFileReader(files), _ => null)) is { } error)
                Assert.True(error is HoconException, $"round {round}: {error}\n{text}");
            else
                valid++;
        }

        // Otherwise the mutations would only ever exercise the first error of the tokenizer.
        Assert.InRange(valid, Mutations / 20, Mutations);
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var change = random.Next(4); change > 0 && mutated.Length > 0; change--)
        {
            var at = random.Next(mutated.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutated.Remove(at, Math.Min(1 + random.Next(5), mutated.Length - at));
                    break;
                case 1:
                    mutated.Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 2:
                    mutated[at] = (char)random.Next(128);
                    break;
                default:
                    var length = Math.Min(1 + random.Next(20), mutated.Length - at);
                    mutated.Insert(random.Next(mutated.Length), mutated.ToString(at, length));
                    break;
            }
        }

        return mutated.ToString();
    }
}
