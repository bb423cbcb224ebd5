using System.Globalization;

namespace ActorJobs.Cli.Tests.Migration;

/// <summary>Pickles that are hostile, damaged or of an unusual make; what Python itself writes is in the tests of RQ and Celery.</summary>
public sealed class PickleReaderTests
{
    [Theory]
    [InlineData("80 02 4e 2e", "null")]
    [InlineData("80 02 88 2e", "true")]
    [InlineData("80 02 89 2e", "false")]
    [InlineData("80 02 4b ff 2e", "255")]
    [InlineData("80 02 4d ff ff 2e", "65535")]
    [InlineData("80 02 4a ff ff ff ff 2e", "-1")]
    [InlineData("80 02 8a 00 2e", "0")]
    [InlineData("80 02 8a 01 80 2e", "-128")]
    [InlineData("80 02 8a 09 00 00 00 00 00 00 00 00 01 2e", "18446744073709551616")]
    [InlineData("80 02 8b 01 00 00 00 07 2e", "7")]
    [InlineData("80 02 47 40 04 00 00 00 00 00 00 2e", "2.5")]
    [InlineData("80 02 58 02 00 00 00 c3 bc 2e", "\"ü\"")]
    [InlineData("80 04 8d 01 00 00 00 00 00 00 00 61 2e", "\"a\"")]
    [InlineData("80 02 29 2e", "[]")]
    [InlineData("80 02 28 4b 01 4b 02 4b 03 4b 04 74 2e", "[1,2,3,4]")]
    [InlineData("80 02 4b 01 85 2e", "[1]")]
    [InlineData("80 02 4b 01 4b 02 86 2e", "[1,2]")]
    [InlineData("80 02 5d 71 00 4b 01 61 2e", "[1]")]
    [InlineData("80 02 7d 58 01 00 00 00 61 5d 73 2e", """{"a":[]}""")]
    [InlineData("80 02 7d 28 58 01 00 00 00 61 4b 01 58 01 00 00 00 61 4b 02 75 2e", """{"a":2}""")]
    [InlineData("80 02 4b 07 72 00 01 00 00 6a 00 01 00 00 86 2e", "[7,7]")]
    [InlineData("80 02 4b 07 32 86 2e", "[7,7]")]
    [InlineData("80 02 4b 07 4b 08 30 2e", "7")]
    [InlineData("80 02 4b 07 28 4b 08 31 2e", "7")]
    [InlineData("80 04 95 02 00 00 00 00 00 00 00 4b 01 2e", "1")]
    public void Plain_values_are_read(string pickle, string json) => Assert.Equal(json, PickleJson.Read(Bytes(pickle)).GetRawText().Replace("\\u00FC", "ü", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void A_pickle_that_would_run_a_command_is_refused_by_the_name_of_what_it_calls()
    {
        // os.system('echo'), as every article about pickles has it, and as protocol 4 writes it
        AssertRefused([0x80, 2, .. "cposix\nsystem\n"u8, (byte)'.'], "posix.system");
        AssertRefused([0x80, 4, 0x8c, 5, .. "posix"u8, 0x8c, 6, .. "system"u8, 0x93, 0x8c, 4, .. "echo"u8, 0x85, (byte)'R', (byte)'.'], "posix.system");
        AssertRefused([0x80, 2, .. "(iposix\nsystem\n."u8], "0x69");
        AssertRefused([0x80, 2, .. "c_codecs\nencode\n."u8], "bytes");
        AssertRefused([0x80, 2, .. "c__builtin__\nset\n."u8], "a set");
    }

    [Theory]
    [InlineData("82 01")] // EXT1
    [InlineData("50 61 0a")] // PERSID
    [InlineData("4b 01 51")] // BINPERSID
    [InlineData("4e 4e 62")] // BUILD
    [InlineData("4e 29 81")] // NEWOBJ
    [InlineData("4e 29 7d 92")] // NEWOBJ_EX
    [InlineData("4e 29 52")] // REDUCE
    [InlineData("97")] // NEXT_BUFFER
    [InlineData("ff")]
    public void No_other_opcode_is_known(string opcodes) => AssertRefused([0x80, 2, .. Bytes(opcodes), (byte)'.'], "could run anything");

    [Fact]
    public void However_it_is_cut_off_or_changed_it_is_read_or_refused_and_nothing_else()
    {
        byte[] whole = [0x80, 4, 0x95, 30, 0, 0, 0, 0, 0, 0, 0, (byte)'(', 0x8c, 1, (byte)'a', 0x94, (byte)'}', 0x94, (byte)'(', (byte)'h', 0, (byte)']', 0x94, (byte)'(', (byte)'K', 1, (byte)'N', (byte)'e', (byte)'u', (byte)'t', 0x94, (byte)'.'];
        Assert.Equal("""["a",{"a":[1,null]}]""", PickleJson.Read(whole).GetRawText());
        for (var length = 0; length < whole.Length; length++)
            AssertRefused(whole[..length], "damaged");
        var random = new Random(17);
        for (var round = 0; round < 20_000; round++)
        {
            var changed = (byte[])whole.Clone();
            for (var times = random.Next(1, 4); times > 0; times--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                PickleJson.Read(changed);
            }
            catch (NotCarriedException)
            {
                // as well
            }
        }
    }

    private static void AssertRefused(byte[] pickle, string part) =>
        Assert.Contains(part, Assert.Throws<NotCarriedException>(() => PickleJson.Read(pickle)).Message, StringComparison.Ordinal);

    private static byte[] Bytes(string hex) => [.. hex.Split(' ').Select(two => byte.Parse(two, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
}
