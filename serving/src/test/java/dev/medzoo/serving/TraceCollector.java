package dev.medzoo.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans as an OpenTelemetry collector does, OTLP over HTTP on a loopback port. */
final class TraceCollector implements AutoCloseable {
    private final HttpServer port;
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    TraceCollector() throws IOException {
        port = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port.createContext("/v1/traces", this::take);
        port.start();
    }

    /** As a setting of the server. */
    String setting() {
        return "otlp_endpoint=http://127.0.0.1:" + port.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(body);
        for (ResourceSpans each :
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            for (ScopeSpans scope : each.getScopeSpansList()) {
                spans.addAll(scope.getSpansList());
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Those of a trace, the earliest first, once there are so many of them. */
    List<Span> awaitTrace(String traceId, int spansOfIt) throws InterruptedException {
        List<Span> found = new ArrayList<>();
        Deadline.await(
                () -> {
                    found.clear();
                    spans.stream()
                            .filter(each -> hex(each.getTraceId().toByteArray()).equals(traceId))
                            .forEach(found::add);
                    return found.size() >= spansOfIt;
                });
        found.sort(Comparator.comparingLong(Span::getStartTimeUnixNano));
        return found;
    }

    /** The one of a request. */
    Span awaitRequest(String requestId) throws InterruptedException {
        Deadline.await(() -> spans.stream().anyMatch(span -> isOf(requestId, span)));
        return spans.stream().filter(span -> isOf(requestId, span)).findFirst().orElseThrow();
    }

    private static boolean isOf(String requestId, Span span) {
        return attribute(span, "medzoo.request_id").equals(requestId);
    }

    /** Its text, empty when there is none. */
    static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(each -> each.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("");
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Everything that it was sent, byte for byte. */
    String everything() {
        StringBuilder all = new StringBuilder();
        bodies.forEach(each -> all.append(new String(each, StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    int spans() {
        return spans.size();
    }

    @Override
    public void close() {
        port.stop(0);
    }
}
