namespace ActorJobs.Workloads.Conversations;

internal sealed partial class Lexicon
{
    public static Lexicon English { get; } = new(
        """
        Greet: hi, hello, hey, good morning, good afternoon, good evening
        Yes: yes, yep, yeah, yup, ok, okay, sure, correct, right, confirm, confirmed, exactly, perfect, sounds good, looks good
        No: no, nope, wrong, incorrect, not right, change, change something
        Done: thats all, that is all, done, nothing else, thats it, that is it, finish, finished, nothing more, all set, no more
        Restart: start over, restart, new order, from scratch, begin again, reset, start again, new quote, remove everything, remove all, delete everything, cancel everything
        Person: human, person, agent, attendant, representative, salesperson, real person, operator, talk to someone, speak to someone
        OptOut: stop, unsubscribe, opt out, stop messages, stop messaging me, stop all
        OptIn: start, opt in, subscribe
        Accept: accept, i accept, accepted, deal, agreed, i take it, ill take it, i will take it, go ahead, place the order, place my order
        Decline: decline, no thanks, no thank you, not interested, cancel, cancel it, forget it, reject
        Negotiate: discount, cheaper, too expensive, expensive, better price, negotiate, best price, lower price
        Help: help, menu, catalogue, catalog, price list, what do you sell, what do you have
        ChangeAddress: address, other address, change address, another address, deliver elsewhere, zip code, postal code
        ShowOrder: my order, order so far, so far, order summary, summary, what did i order, what have i ordered, what i ordered
        """,
        """
        1: one
        2: two
        3: three
        4: four
        5: five
        6: six
        7: seven
        8: eight
        9: nine
        10: ten
        11: eleven
        12: twelve
        15: fifteen
        20: twenty
        30: thirty
        40: forty
        50: fifty
        60: sixty
        80: eighty
        100: hundred
        """,
        """
        more: more, another, additional, extra, add, plus, also
        remove: remove, delete, without, drop, cancel, minus
        and: and
        of: of, the, x
        article: a, an
        dozen: dozen, dozens
        half: half
        coupon: coupon, voucher, promo, code, coupon code, promo code
        common: i, we, need, want, would, like, please, to, me, you, my, for, have, your, is, it, with, get, buy, order, quote, price, how, much, many, cost, make, change, only, just, instead, can, could, send, deliver, delivery, give, what, time, when, where, today, tomorrow, thanks, thank, this, that, some, in, at, here, there, be, are, will, do, not, dont, actually, sorry, wait, meant, mean, set, use, apply, let, us, call, line, place, street, road, avenue, same, home, house, sent, still, long, does, take, fast, soon, kind
        """);
}
