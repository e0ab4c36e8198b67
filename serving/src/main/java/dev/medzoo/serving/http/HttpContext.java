package dev.medzoo.serving.http;

import java.util.Map;

/**
 * State shared by all connections of one address.
 *
 * @param idHeader that carries a request's id both ways
 * @param everyReply headers of every response, such as those of CORS
 */
public record HttpContext(
        Router router,
        InFlight inFlight,
        HttpLimits limits,
        ExchangeListener exchanges,
        String idHeader,
        Map<String, String> everyReply) {
    public HttpContext {
        everyReply = Map.copyOf(everyReply);
    }
}
