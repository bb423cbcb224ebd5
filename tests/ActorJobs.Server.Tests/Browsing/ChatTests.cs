using ActorJobs.Server.Tests.Node;
using ActorJobs.TestKit.Browsers;

namespace ActorJobs.Server.Tests.Browsing;

/// <summary>A whole order on the telephone's page in a real browser, and the business's side of it.</summary>
public sealed class ChatTests
{
    private const string Customer = "5511988887777";
    private const string Phone = "phone/" + Customer;
    private const string Conversation = "conversations/100000000000000." + Customer;

    // 10 x 38.90 + 2 x 142.00, 3 400 to 3 600 kg to the city for 210.00, 1.5 % of both (13.245) rounded away from zero
    private const string Total = "896.25";

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(400, 800)]
    public async Task A_customer_orders_and_accepts_and_a_person_takes_over_answers_and_hands_back(int width, int height)
    {
        Assert.SkipWhen(Chromium.Missing is not null, Chromium.Missing ?? "");
        await using var node = await NodePlace.StartNewAsync();
        await using var browser = await Chromium.StartAsync();
        var phone = await browser.OpenAsync(width, height);
        var business = await browser.OpenAsync(width, height);
        await phone.GoAsync(new Uri(node.Http.BaseAddress!, Phone));

        await WriteAsync(phone, "hello", answer: 1);
        await WriteAsync(phone, "10 sacks of cement and 2 m3 of sand", answer: 2);
        await phone.ClickAsync("button[value='act:Done']");
        await AnsweredAsync(phone, 3);
        await WriteAsync(phone, "01310-100", answer: 4);
        await phone.ClickAsync("button[value='act:Yes']");
        await phone.UntilAsync("document.querySelector(\"button[value='act:Accept']\")");
        Assert.Contains(Total, await LastAsync(phone), StringComparison.Ordinal);
        await phone.ClickAsync("button[value='act:Accept']");
        await AnsweredAsync(phone, 6);
        Assert.Contains(Total, await LastAsync(phone), StringComparison.Ordinal);

        await business.GoAsync(new Uri(node.Http.BaseAddress!, "conversations"));
        await business.ClickAsync($"a[href='/{Conversation}']");
        await business.UntilAsync($"document.querySelector('.steps li:last-child').innerText.includes('accepted') && document.body.innerText.includes('{Total}')");
        await business.ClickAsync("form[action$='/takeover'] button");
        await business.ClickAsync("#say");
        await business.TypeAsync("Ana here: the lorry comes at eight.");
        await business.ClickAsync(".say button");
        // without a reload: the page follows the conversation by itself
        await phone.UntilAsync("[...document.querySelectorAll('.ours')].at(-1).innerText.includes('Ana here')");
        await WriteAsync(phone, "perfect, thank you", answer: 7);
        await business.UntilAsync("[...document.querySelectorAll('.chat li')].at(-1).innerText.includes('perfect, thank you')");
        await business.ClickAsync("form[action$='/handback'] button");
        await AnsweredAsync(phone, 8);
        await business.UntilAsync("document.querySelector('.steps li:last-child').innerText.includes('collecting items')");

        await business.ClickAsync("a[href^='/quotes/']");
        await business.UntilAsync($"document.querySelector('.quote .total').innerText.includes('{Total}')");
        foreach (var page in new[] { "phone", Phone, "conversations", Conversation })
        {
            await business.GoAsync(new Uri(node.Http.BaseAddress!, page));
            Assert.Equal((page, "true"), (page, await business.EvaluateAsync("document.documentElement.scrollWidth <= window.innerWidth")));
        }

        var problems = phone.Problems.Concat(business.Problems).ToArray();
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    private static async Task WriteAsync(BrowserPage phone, string text, int answer)
    {
        await phone.ClickAsync("input[name=text]:not([type=hidden])");
        await phone.TypeAsync(text);
        await phone.PressEnterAsync();
        await phone.UntilAsync($"[...document.querySelectorAll('.chat li:not(.ours)')].some(said => said.innerText.includes({System.Text.Json.JsonSerializer.Serialize(text)}))");
        await AnsweredAsync(phone, answer);
    }

    private static Task AnsweredAsync(BrowserPage phone, int count) => phone.UntilAsync(FormattableString.Invariant($"document.querySelectorAll('.chat li.ours').length === {count}"));

    private static async Task<string> LastAsync(BrowserPage phone) => (await phone.EvaluateAsync("[...document.querySelectorAll('.chat li.ours')].at(-1).innerText"))!;
}
