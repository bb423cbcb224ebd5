using System.Text;
using System.Xml;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Sources;

public sealed class XmlReferenceReaderTests
{
    [Fact]
    public void A_member_becomes_a_document_of_what_it_says()
    {
        var document = Assert.Single(Read("""
            <member name="M:System.Text.Encoding.GetBytes(System.String)">
              <summary>Encodes all the
                characters of <paramref name="s" /> as <see cref="T:System.Byte" />s, never <see langword="null" />.</summary>
              <param name="s">The <c>text</c> to encode.</param>
              <returns>The bytes.</returns>
              <exception cref="T:System.ArgumentNullException">s is null.</exception>
              <remarks><para>First.</para><para>Second.</para></remarks>
            </member>
            """));

        Assert.Equal("Pack/System.Text.xml#M:System.Text.Encoding.GetBytes(System.String)", document.Id);
        Assert.Equal("System.Text.Encoding.GetBytes", document.Title);
        Assert.Equal(
            "Encodes all the characters of s as System.Bytes, never null.\ns: The text to encode.\nThe bytes.\nFirst. Second.", document.Text);
    }

    [Theory]
    [InlineData("<member name=\"T:A\" />")]
    [InlineData("<member name=\"T:A\"><inheritdoc /></member>")]
    [InlineData("<member name=\"T:A\"><summary>  </summary></member>")]
    [InlineData("<member name=\"T:A\"><summary /><exception cref=\"T:B\">thrown</exception></member>")]
    [InlineData("<member><summary>nameless</summary></member>")]
    public void A_member_that_says_nothing_is_no_document(string member) => Assert.Empty(Read(member));

    [Fact]
    public void Neighbours_without_space_between_them_are_all_read()
    {
        var members = string.Concat(Enumerable.Range(0, 5).Select(number => $"<member name=\"F:N.F{number}\"><example>no</example><summary>Says {number}.</summary></member>"));

        Assert.Equal(["Says 0.", "Says 1.", "Says 2.", "Says 3.", "Says 4."], Read(members).Select(document => document.Text));
    }

    [Fact]
    public void What_stands_before_the_damage_is_read_and_then_the_damage_is_told()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("<doc><members><member name=\"T:A\"><summary>Sound.</summary></member><member name=\"T:B\"><summary>torn"));
        var read = new List<SourceDocument>();

        Assert.Throws<XmlException>(() =>
        {
            foreach (var document in XmlReferenceReader.Read(content, "f"))
                read.Add(document);
        });

        Assert.Equal("Sound.", Assert.Single(read).Text);
    }

    [Fact]
    public void Entities_are_refused()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><doc><members/></doc>"));

        Assert.Throws<XmlException>(() => XmlReferenceReader.Read(content, "f").Count());
    }

    [Theory]
    [InlineData("T:System.Collections.Generic.List`1", "System.Collections.Generic.List")]
    [InlineData("M:System.Array.Find``1(``0[],System.Predicate{``0})", "System.Array.Find")]
    [InlineData("M:System.String.#ctor(System.Char,System.Int32)", "System.String.new")]
    [InlineData("M:System.Console.#cctor", "System.Console.static")]
    [InlineData("M:A.B.System#IDisposable#Dispose", "A.B.System.IDisposable.Dispose")]
    [InlineData("P:A.B.C", "A.B.C")]
    [InlineData("nonsense", "nonsense")]
    public void Member_ids_are_made_readable(string id, string expected) => Assert.Equal(expected, MemberName.Display(id));

    private static SourceDocument[] Read(string members)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><doc><assembly><name>N</name></assembly><members>{members}</members></doc>"));
        return [.. XmlReferenceReader.Read(content, "Pack/System.Text.xml")];
    }
}
