using System.Globalization;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Understanding;

public sealed class MessageReaderTests
{
    [Theory]
    // English
    [InlineData("10 sacks of cement", "set CEM-50 10")]
    [InlineData("I need 10 bags of cement and 2 m3 of sand please", "set CEM-50 10, set SND-M3 2")]
    [InlineData("cement: 10, sand 5", "set CEM-50 10, set SND-M3 5")]
    [InlineData("cement 10 sand 5", "set CEM-50 10, set SND-M3 5")]
    [InlineData("10x cement, 3x lime", "set CEM-50 10, set LIM-20 3")]
    [InlineData("cement x10", "set CEM-50 10")]
    [InlineData("two pallets of cement", "set CEM-50 80")]
    [InlineData("a pallet of cement", "set CEM-50 40")]
    [InlineData("half a dozen cans of white paint", "set PNT-W18 6")]
    [InlineData("two and a half m3 of gravel", "set GRV-M3 2.5")]
    [InlineData("1,200 bricks", "set BRK-8 1200")]
    [InlineData("1.5 m³ of washed sand", "set SND-M3 1.5")]
    [InlineData("20 sacks cement 50kg", "set CEM-50 20")]
    [InlineData("10 sacks of 50 kg cement", "set CEM-50 10")]
    [InlineData("5 sacks of cemnet", "set CEM-50 5")]
    [InlineData("3 boxes of porcelan tiles", "set TIL-60 3")]
    [InlineData("remove the sand", "remove SND-M3 ?")]
    [InlineData("without sand, 12 cement", "remove SND-M3 ?, set CEM-50 12")]
    [InlineData("add 5 more sacks of cement", "add CEM-50 5")]
    [InlineData("just cement and sand", "set CEM-50 ?, set SND-M3 ?")]
    [InlineData("10 rebar", "set REB-10|REB-8 10")]
    [InlineData("20 rebar 8 mm", "set REB-8 20")]
    [InlineData("8 mm rebar 20 pieces", "set REB-8 20")]
    [InlineData("what time do you deliver?", "")]
    [InlineData("can you call me", "")]
    [InlineData("1e9 sacks of cement", "set CEM-50 ?")]
    [InlineData("cement: 1E+9 sacks, sand 2", "set CEM-50 ?, set SND-M3 2")]
    [InlineData("10^6 sacks of cement", "set CEM-50 ?")]
    [InlineData("1000000000000000 sacks of cement", "set CEM-50 ?")]
    [InlineData("12345678901 sacks of cement", "set CEM-50 ?")]
    [InlineData("without sand, 1e9 cement", "remove SND-M3 ?, set CEM-50 ?")]
    // Portuguese
    [InlineData("quero 10 sacos de cimento e 2 metros cúbicos de areia", "set CEM-50 10, set SND-M3 2")]
    [InlineData("preciso de 1.500 tijolos", "set BRK-8 1500")]
    [InlineData("um milheiro de tijolo", "set BRK-8 1000")]
    [InlineData("meia dúzia de latas de tinta", "set PNT-W18 6")]
    [InlineData("dois e meio m3 de brita", "set GRV-M3 2.5")]
    [InlineData("2,5 m3 de areia", "set SND-M3 2.5")]
    [InlineData("tira a areia", "remove SND-M3 ?")]
    [InlineData("mais 10 sacos de cimento", "add CEM-50 10")]
    [InlineData("30 vergalhões 10 mm", "set REB-10 30")]
    [InlineData("sem argamassa", "remove MOR-20 ?")]
    [InlineData("20 sacos de argamasa", "set MOR-20 20")]
    [InlineData("cem sacos de cal", "set LIM-20 100")]
    [InlineData("duzentos blocos de concreto", "set BLK-14 200")]
    // Spanish
    [InlineData("necesito 10 bolsas de cemento y 3 m3 de arena", "set CEM-50 10, set SND-M3 3")]
    [InlineData("una docena de sacos de mortero", "set MOR-20 12")]
    [InlineData("quita la arena", "remove SND-M3 ?")]
    [InlineData("otros 5 sacos de cemento", "add CEM-50 5")]
    [InlineData("quiero 200 bloques de hormigón", "set BLK-14 200")]
    [InlineData("treinta varillas 8 mm", "set REB-8 30")]
    [InlineData("60 metros de tubo pvc", "set PIP-100 60")]
    [InlineData("quinientos ladrillos", "set BRK-8 500")]
    public void Goods_are_read_with_their_quantities(string text, string expected) => Assert.Equal(expected, InWords(Catalogues.Reader.Read(text).Wishes));

    [Theory]
    [InlineData("hello", Language.En, "Greet")]
    [InlineData("yes please", Language.En, "Yes")]
    [InlineData("no, that's wrong", Language.En, "No")]
    [InlineData("that's all", Language.En, "Done")]
    [InlineData("start over", Language.En, "Restart")]
    [InlineData("can I talk to a human?", Language.En, "Person")]
    [InlineData("STOP", Language.En, "OptOut")]
    [InlineData("I accept", Language.En, "Accept")]
    [InlineData("no thanks", Language.En, "Decline")]
    [InlineData("that is too expensive, any discount?", Language.En, "Negotiate")]
    [InlineData("what do you sell?", Language.En, "Help")]
    [InlineData("another address please", Language.En, "ChangeAddress")]
    [InlineData("what is my order?", Language.En, "ShowOrder")]
    [InlineData("What's in my order so far?", Language.En, "ShowOrder")]
    [InlineData("please place my order", Language.En, "Accept")]
    [InlineData("bom dia", Language.Pt, "Greet")]
    [InlineData("sim, está certo", Language.Pt, "Yes")]
    [InlineData("não", Language.Pt, "No")]
    [InlineData("é só isso", Language.Pt, "Done")]
    [InlineData("quero começar de novo", Language.Pt, "Restart")]
    [InlineData("quero falar com um atendente", Language.Pt, "Person")]
    [InlineData("parar", Language.Pt, "OptOut")]
    [InlineData("fechado!", Language.Pt, "Accept")]
    [InlineData("não, obrigado", Language.Pt, "Decline")]
    [InlineData("tá muito caro, tem desconto?", Language.Pt, "Negotiate")]
    [InlineData("quero mudar o endereço", Language.Pt, "ChangeAddress")]
    [InlineData("qual é o meu pedido?", Language.Pt, "ShowOrder")]
    [InlineData("o que eu pedi até agora?", Language.Pt, "ShowOrder")]
    [InlineData("quero fechar meu pedido", Language.Pt, "Done")]
    [InlineData("¡hola!", Language.Es, "Greet")]
    [InlineData("sí, correcto", Language.Es, "Yes")]
    [InlineData("eso es todo, gracias", Language.Es, "Done")]
    [InlineData("quiero hablar con una persona", Language.Es, "Person")]
    [InlineData("baja", Language.Es, "OptOut")]
    [InlineData("acepto", Language.Es, "Accept")]
    [InlineData("no gracias", Language.Es, "Decline")]
    [InlineData("¿me hace un descuento?", Language.Es, "Negotiate")]
    [InlineData("¿cuál es mi pedido?", Language.Es, "ShowOrder")]
    [InlineData("¿qué pedí?", Language.Es, "ShowOrder")]
    internal void What_the_customer_does_is_read(string text, Language language, string expected)
    {
        var acts = Catalogues.Reader.Read(text, language).Acts;

        Assert.True(acts.HasFlag(Enum.Parse<Acts>(expected)), $"{text}: {acts}");
    }

    [Theory]
    [InlineData("stop by the shop tomorrow with 10 cement")]
    [InlineData("I will start building, need 10 cement")]
    [InlineData("tenho que parar no caminho, 10 sacos de cimento")]
    public void Words_for_opting_out_count_only_as_a_message_of_their_own(string text) =>
        Assert.Equal(Acts.None, Catalogues.Reader.Read(text).Acts & (Acts.OptOut | Acts.OptIn));

    [Theory]
    [InlineData("I need ten bags of cement", Language.En)]
    [InlineData("quanto custa o cimento?", Language.Pt)]
    [InlineData("cuánto cuesta el cemento", Language.Es)]
    [InlineData("cimento", Language.Pt)]
    [InlineData("cemento", Language.Es)]
    internal void The_language_shows_in_the_words(string text, Language expected) => Assert.Equal(expected, Catalogues.Reader.Read(text).Language);

    [Theory]
    [InlineData("10")]
    [InlineData("👍")]
    [InlineData("")]
    public void What_has_no_words_has_no_language(string text) => Assert.Null(Catalogues.Reader.Read(text).Language);

    [Fact]
    public void One_word_of_another_language_does_not_change_the_conversations() =>
        Assert.Equal(Language.Pt, Catalogues.Reader.Read("ok deal", Language.Pt).Language);

    [Theory]
    [InlineData("01310-100", "01310100")]
    [InlineData("Av. Paulista 1000, 01310-100 São Paulo", "01310100")]
    [InlineData("deliver to 01310100", "01310100")]
    [InlineData("cep 06000-000 por favor", "06000000")]
    [InlineData("10000000 bricks", null)]
    [InlineData("my number is 11999990001", null)]
    public void A_postal_code_is_found(string text, string? expected) => Assert.Equal(expected, Catalogues.Reader.Read(text).PostalCode);

    [Theory]
    [InlineData("I have a coupon WELCOME5", "WELCOME5")]
    [InlineData("welcome5", "WELCOME5")]
    [InlineData("cupom OBRA100", "OBRA100")]
    [InlineData("coupon NOSUCH9", "NOSUCH9")]
    [InlineData("do you have a coupon for me?", null)]
    public void A_coupon_is_found(string text, string? expected) => Assert.Equal(expected, Catalogues.Reader.Read(text).Coupon);

    [Theory]
    [InlineData("10", 10)]
    [InlineData("make it 20", 20)]
    [InlineData("dez", 10)]
    [InlineData("2,5", 2.5)]
    public void A_number_alone_is_kept_for_the_question_that_was_asked(string text, double expected) =>
        Assert.Equal((decimal)expected, Catalogues.Reader.Read(text, Language.Pt).Number ?? Catalogues.Reader.Read(text, Language.En).Number);

    [Theory]
    [InlineData("1e9")]
    [InlineData("1e9 sacks")]
    [InlineData("10^9")]
    [InlineData("99999999999")]
    public void What_is_no_quantity_answers_no_question(string text) => Assert.True(Catalogues.Reader.Read(text, Language.En).SaysNothing);

    [Theory]
    [InlineData("act:Accept", Acts.Accept)]
    [InlineData("act:Nonsense", Acts.None)]
    [InlineData("act:256", Acts.None)]
    [InlineData("item:NOPE", Acts.None)]
    [InlineData("", Acts.None)]
    internal void A_tap_is_read_by_its_id(string id, Acts expected) => Assert.Equal(expected, Catalogues.Reader.ReadChoice(id).Acts);

    [Fact]
    public void Any_text_is_read_without_failing_and_quickly()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        string[] pieces = ["10", "1.000,5", "cement", "areia", "x", ",", "\n", "de", "and", "half", "dozen", "mm", "01310-100", "\ud83d", "é", "%s", "{0}", "sacos", "no", "ç̃"];
        for (var run = 0; run < 3_000; run++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var reading = Catalogues.Reader.Read(text, (Language)random.Next(3));
            Assert.All(reading.Wishes, wish => Assert.NotEmpty(wish.Options));
        }
    }

    private static string InWords(IReadOnlyList<Wish> wishes) => string.Join(", ", wishes.Select(wish => string.Create(
        CultureInfo.InvariantCulture, $"{wish.Change.ToString().ToLowerInvariant()} {string.Join('|', wish.Options.Select(option => option.Sku))} {QuantityOf(wish)}")));

    private static string QuantityOf(Wish wish) => wish.Options[0].Quantity is { } quantity ? quantity.ToString("0.###", CultureInfo.InvariantCulture) : "?";
}
