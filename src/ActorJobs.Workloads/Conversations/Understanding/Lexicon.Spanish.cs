namespace ActorJobs.Workloads.Conversations;

internal sealed partial class Lexicon
{
    public static Lexicon Spanish { get; } = new(
        """
        Greet: hola, buenos dias, buenas tardes, buenas noches, buenas, buen dia
        Yes: si, ok, vale, claro, correcto, confirmo, confirmado, confirmar, perfecto, exacto, dale, esta bien, asi es, de una
        No: no, incorrecto, esta mal, equivocado, cambiar, cambiar algo
        Done: eso es todo, nada mas, listo, es todo, ya esta, termine, terminar, solo eso, finalizar, seria todo
        Restart: empezar de nuevo, reiniciar, nuevo pedido, de cero, desde cero, volver a empezar, nuevo presupuesto, quita todo, quitar todo, borra todo, cancela todo, cancelar todo
        Person: humano, persona, agente, asesor, asesora, vendedor, vendedora, hablar con alguien, alguien, operador
        OptOut: baja, dar de baja, darme de baja, no mas mensajes, parar, detener, cancelar suscripcion
        OptIn: alta, darme de alta, suscribir, volver
        Accept: acepto, aceptar, trato hecho, trato, de acuerdo, apruebo, aprobado, lo tomo, adelante, hacer el pedido, hacer mi pedido, cerramos
        Decline: rechazo, rechazar, no quiero, no gracias, no me interesa, cancelar, cancela, olvidalo, dejalo
        Negotiate: descuento, mas barato, muy caro, caro, mejor precio, negociar, rebaja, bajar el precio
        Help: ayuda, menu, catalogo, lista de precios, que venden, que tienen
        ChangeAddress: direccion, otra direccion, cambiar direccion, cambiar la direccion, codigo postal, entregar en otro lugar
        ShowOrder: mi pedido, pedido hasta ahora, hasta ahora, resumen, resumen del pedido, que pedi, que he pedido, que llevo
        """,
        """
        1: uno, una, un
        2: dos
        3: tres
        4: cuatro
        5: cinco
        6: seis
        7: siete
        8: ocho
        9: nueve
        10: diez
        11: once
        12: doce
        15: quince
        20: veinte
        30: treinta
        40: cuarenta
        50: cincuenta
        60: sesenta
        80: ochenta
        100: cien, ciento
        200: doscientos, doscientas
        500: quinientos, quinientas
        1000: mil
        """,
        """
        more: mas, otro, otra, otros, otras, agrega, agregue, agregar, anade, anadir, tambien, suma
        remove: quita, quitar, quite, elimina, eliminar, sin, saca, sacar, borra, borrar, cancela
        and: y
        of: de, del, x
        article: un, una
        dozen: docena, docenas
        half: medio, media
        coupon: cupon, codigo, vale de descuento, codigo de descuento
        common: yo, quiero, quisiera, necesito, me, gustaria, por, favor, para, mi, usted, ustedes, con, tiene, tienen, el, la, los, las, lo, al, en, que, cuanto, cuesta, sale, precio, presupuesto, pedido, comprar, entregar, entrega, manda, mandar, envia, enviar, cambia, cambiar, cambie, solo, ahora, hoy, manana, gracias, ese, esa, este, esta, calle, avenida, barrio, casa, caso, cada, como, cual, donde, cuando, voy, va, ser, seria, en realidad, realidad, perdon, espera, usar, usa, aqui, hasta, pero, muy, bien, todo, es, les, su, tiempo, cuantos, dias, mejor
        """);
}
