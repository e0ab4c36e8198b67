package dev.medzoo.serving.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.http.ExchangeListener;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.RequestHead;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.finding.ModelIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one JSON line per response to the logger {@value #LOGGER}. It logs the route's template
 * instead of the path and the token's id instead of the address, since a client's own text could
 * name a patient. The only exception is the request id, by which a client finds its line.
 */
public final class AccessLog implements ExchangeListener {
    /** Where it goes. */
    public static final String LOGGER = "dev.medzoo.access";

    private static final Logger logger = LoggerFactory.getLogger(LOGGER);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void answered(RequestHead head, @Nullable Request request, Reply reply, Duration time) {
        Refusal refusal = reply.refusal();
        write(
                line(
                        head,
                        request,
                        reply.status(),
                        time,
                        reply.body().remaining(),
                        refusal == null ? null : refusal.kind()));
    }

    @Override
    public void abandoned(Request request) {
        RequestHead head = request.head();
        Duration time = Duration.ofNanos(System.nanoTime() - head.arrivedNanos());
        Kind gone = Kind.CLIENT_GONE;
        write(line(head, request, gone.status(), time, 0, gone));
    }

    private static Map<String, Object> line(
            RequestHead head,
            @Nullable Request request,
            int status,
            Duration time,
            int bytesOut,
            @Nullable Kind refused) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", Instant.now().toString());
        line.put("request_id", head.id());
        line.put("method", head.knownMethod());
        line.put("route", route(request));
        line.put("status", status);
        line.put("millis", Math.round(time.toNanos() / 1e3) / 1e3);
        line.put("bytes_in", request == null ? 0 : request.body().length);
        line.put("bytes_out", bytesOut);
        String caller = request == null ? null : request.caller();
        line.put("caller", caller == null ? Caller.ANONYMOUS : caller);
        ModelIdentity model = request == null ? null : request.model();
        if (model != null) {
            line.put("model", model.name());
            line.put("version", model.version());
            line.put("digest", model.digest());
        }
        if (refused != null) {
            line.put("refusal", refused.name());
        }
        return line;
    }

    /** Its template, which a client cannot make up. */
    static String route(@Nullable Request request) {
        Route route = request == null ? null : request.route();
        return route == null ? "none" : route.template();
    }

    private static void write(Map<String, Object> line) {
        try {
            logger.info("{}", MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("access log: " + line + " (expected: writable)", e);
        }
    }
}
