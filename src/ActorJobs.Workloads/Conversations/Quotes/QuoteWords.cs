namespace ActorJobs.Workloads.Conversations;

/// <summary>The words of a quote.</summary>
internal static class QuoteWords
{
    public static LocalText Quote { get; } = new("Quote", "Orçamento", "Presupuesto");

    public static LocalText Item { get; } = new("Item", "Item", "Artículo");

    public static LocalText Quantity { get; } = new("Quantity", "Quantidade", "Cantidad");

    public static LocalText Price { get; } = new("Price", "Preço", "Precio");

    public static LocalText Amount { get; } = new("Amount", "Valor", "Importe");

    public static LocalText Goods { get; } = new("Goods", "Produtos", "Productos");

    public static LocalText Delivery { get; } = new("Delivery", "Frete", "Envío");

    public static LocalText Free { get; } = new("free", "grátis", "gratis");

    public static LocalText Total { get; } = new("Total", "Total", "Total");

    public static LocalText ValidUntil { get; } = new("Valid until", "Válido até", "Válido hasta");

    public static LocalText Included { get; } = new("included", "incluso", "incluido");

    public static LocalText Revision { get; } = new("revision", "revisão", "revisión");

    public static LocalText DeliverTo { get; } = new("Deliver to", "Entregar em", "Entregar en");

    public static LocalText EarlierRevisions { get; } = new("Earlier revisions", "Revisões anteriores", "Revisiones anteriores");

    public static LocalText Of(DeductionKind kind) => kind switch
    {
        DeductionKind.Tier => new("Volume discount", "Desconto por volume", "Descuento por volumen"),
        DeductionKind.Customer => new("Customer discount", "Desconto de cliente", "Descuento de cliente"),
        _ => new("Coupon", "Cupom", "Cupón"),
    };

    public static LocalText Of(CouponRefusal refusal) => refusal switch
    {
        CouponRefusal.Unknown => new("There is no such coupon.", "Esse cupom não existe.", "Ese cupón no existe."),
        CouponRefusal.NotNow => new("The coupon is not valid now.", "O cupom não está na validade.", "El cupón no está vigente."),
        CouponRefusal.BelowMinimum => new("The coupon needs a larger order.", "O cupom exige um pedido maior.", "El cupón exige un pedido mayor."),
        _ => new("Another discount is better than the coupon.", "Outro desconto é melhor que o cupom.", "Otro descuento es mejor que el cupón."),
    };

    public static string Deduction(Deduction deduction, Language language) =>
        $"{Of(deduction.Kind).In(language)}{(deduction.Name.Length == 0 ? "" : " " + deduction.Name)}{(deduction.Percent is { } percent ? $" {MoneyText.Number(percent, language)} %" : "")}";

    public static string Tax(TaxCharge tax, Language language) =>
        $"{tax.Name} {MoneyText.Number(tax.Percent, language)} %{(tax.IsIncluded ? $" ({Included.In(language)})" : "")}";
}
