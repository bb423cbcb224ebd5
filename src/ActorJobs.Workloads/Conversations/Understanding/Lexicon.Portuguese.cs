namespace ActorJobs.Workloads.Conversations;

internal sealed partial class Lexicon
{
    public static Lexicon Portuguese { get; } = new(
        """
        Greet: oi, ola, bom dia, boa tarde, boa noite, opa, eai
        Yes: sim, ok, certo, correto, isso, isso mesmo, confirmo, confirmado, confirmar, perfeito, exato, pode ser, esta certo, ta certo, claro
        No: nao, errado, incorreto, nao esta certo, mudar, alterar, mudar algo
        Done: so isso, e isso, e so isso, e so, pronto, mais nada, nada mais, terminei, fechar pedido, fechar o pedido, fechar meu pedido, acabou, finalizar
        Restart: recomecar, comecar de novo, novo pedido, do zero, reiniciar, novo orcamento, tira tudo, tirar tudo, remove tudo, remover tudo, cancela tudo, cancelar tudo
        Person: atendente, humano, pessoa, vendedor, vendedora, falar com alguem, alguem
        OptOut: parar, pare, sair, descadastrar, cancelar inscricao, nao quero mais mensagens, parar mensagens
        OptIn: voltar, inscrever, comecar
        Accept: aceito, aceitar, fechado, combinado, aprovo, aprovado, pode mandar, fecho, fazer o pedido, de acordo
        Decline: recuso, recusar, nao quero, nao obrigado, nao obrigada, sem interesse, cancelar, cancela, deixa pra la, desisto
        Negotiate: desconto, mais barato, muito caro, caro, melhor preco, negociar, preco melhor, abaixar
        Help: ajuda, menu, catalogo, lista de precos, o que voces vendem, o que voce vende, o que tem
        ChangeAddress: endereco, outro endereco, mudar endereco, mudar o endereco, trocar endereco, cep, entregar em outro lugar
        ShowOrder: meu pedido, pedido ate agora, ate agora, resumo, resumo do pedido, o que eu pedi, o que pedi, o que ja pedi
        """,
        """
        1: um, uma
        2: dois, duas
        3: tres
        4: quatro
        5: cinco
        6: seis
        7: sete
        8: oito
        9: nove
        10: dez
        11: onze
        12: doze
        15: quinze
        20: vinte
        30: trinta
        40: quarenta
        50: cinquenta
        60: sessenta
        80: oitenta
        100: cem
        200: duzentos, duzentas
        500: quinhentos, quinhentas
        1000: mil
        """,
        """
        more: mais, outro, outra, outros, outras, adiciona, adicione, adicionar, acrescenta, tambem, inclui, soma
        remove: tira, tirar, tire, remove, remover, remova, sem, exclui, excluir, retira, retirar, cancela
        and: e
        of: de, do, da, dos, das, x
        article: um, uma
        dozen: duzia, duzias
        half: meio, meia
        coupon: cupom, codigo, voucher, cupom de desconto, codigo de desconto
        common: eu, quero, queria, preciso, gostaria, por, favor, para, pra, meu, minha, voce, voces, com, tem, o, a, os, as, no, na, nos, nas, ao, em, que, quanto, custa, fica, preco, orcamento, pedido, comprar, entregar, entrega, manda, mandar, envia, muda, mudar, mude, troca, trocar, so, apenas, agora, hoje, amanha, obrigado, obrigada, esse, essa, este, esta, rua, avenida, bairro, casa, caso, cada, como, qual, onde, quando, vou, vai, ser, seria, na verdade, verdade, desculpa, espera, usar, usa, aqui, ate, mas, muito, bem, tudo, me, ve, seu, tempo, demora, quantos, dias
        """);
}
