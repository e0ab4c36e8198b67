package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static dev.medzoo.serving.TraceCollector.attribute;
import static dev.medzoo.serving.TraceCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class TracingTest {
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);
    private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);
    private static final String PARENT = "b7ad6b7169203331";

    private static TraceCollector collector;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        collector = new TraceCollector();
        server =
                RunningServer.with("workers=1", collector.setting(), "compatibility=strict")
                        .start();
    }

    @AfterAll
    static void stop() {
        server.server().close();
        collector.close();
    }

    @Test
    void goesOnWithTheClientsTraceAndShowsWhereTheTimeWent() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Answer answer = server.post(PATH, PICTURE, "traceparent", parent(trace, "01"));
        assertThat(answer.status()).isEqualTo(200);
        List<Span> spans = collector.awaitTrace(trace, 5);

        Span whole = collector.awaitRequest(answer.header("x-request-id"));
        assertThat(hex(whole.getParentSpanId().toByteArray())).isEqualTo(PARENT);
        assertThat(whole.getName()).isEqualTo("POST /predictions/{model}");
        assertThat(whole.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(attribute(whole, "medzoo.model")).isEqualTo(SKIN);
        assertThat(attribute(whole, "medzoo.version")).isEqualTo(VERSION);
        assertThat(attribute(whole, "medzoo.digest")).isEqualTo(answer.header("x-medzoo-digest"));
        List<Span> parts = spans.stream().filter(each -> !each.equals(whole)).toList();
        assertThat(parts)
                .extracting(Span::getName)
                .containsExactly("queue", "preprocess", "inference", "postprocess");
        long at = whole.getStartTimeUnixNano();
        for (Span each : parts) {
            assertThat(each.getParentSpanId()).isEqualTo(whole.getSpanId());
            assertThat(each.getStartTimeUnixNano()).isEqualTo(at);
            at = each.getEndTimeUnixNano();
        }
        assertThat(parts.get(2).getEndTimeUnixNano())
                .isGreaterThan(parts.get(2).getStartTimeUnixNano());
        // The clock of the parts and that of the whole are two.
        assertThat(at).isLessThan(whole.getEndTimeUnixNano() + 5_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "Jane Doe"
            })
    void beginsATraceWhereTheClientHasNone(String parent) throws Exception {
        Answer answer = server.post(PATH, PICTURE, "traceparent", parent);
        Span whole = collector.awaitRequest(answer.header("x-request-id"));

        assertThat(whole.getParentSpanId().isEmpty()).isTrue();
        assertThat(whole.getTraceId().size()).isEqualTo(16);
        assertThat(collector.awaitTrace(hex(whole.getTraceId().toByteArray()), 5)).hasSize(5);
    }

    @Test
    void sendsNothingOfATraceThatTheClientDoesNotSample() throws Exception {
        String trace = "1af7651916cd43dd8448eb211c80319d";
        assertThat(server.post(PATH, PICTURE, "traceparent", parent(trace, "00")).status())
                .isEqualTo(200);
        Answer later = server.post(PATH, PICTURE);
        collector.awaitRequest(later.header("x-request-id"));

        assertThat(collector.awaitTrace(trace, 0)).isEmpty();
    }

    @Test
    void saysWhyARequestWasRefused() throws Exception {
        Span unreadable = spanOf(server.post(PATH, TEXT));
        assertThat(attribute(unreadable, "medzoo.refusal")).isEqualTo("UNREADABLE_PICTURE");
        assertThat(attribute(unreadable, "medzoo.model")).isEqualTo(SKIN);
        assertThat(unreadable.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        Span unknown = spanOf(server.post("/predictions/none", PICTURE));
        assertThat(attribute(unknown, "medzoo.refusal")).isEqualTo("UNKNOWN_MODEL");
        assertThat(attribute(unknown, "medzoo.model")).isEmpty();
        Span late = spanOf(server.post(PATH, LARGE, "x-request-timeout-ms", "1"));
        assertThat(attribute(late, "medzoo.refusal")).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(late.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    }

    private static Span spanOf(Answer answer) throws InterruptedException {
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        return collector.awaitRequest(answer.header("x-request-id"));
    }

    @Test
    void sendsNothingThatAClientWrote() throws Exception {
        String name = "JaneDoe1950";
        byte[] form = new Multipart().file(name, PICTURE).field(name, TEXT).bytes();
        try (Wire wire = new Wire(server)) {
            // A method of its own, which DJL Serving takes like any other.
            String head =
                    """
                    JANEDOE1950 /predictions/NAME/NAME?NAME=NAME HTTP/1.1
                    Host: 127.0.0.1
                    User-Agent: NAME
                    Cookie: NAME
                    x-routing-key: NAME
                    traceparent: NAME
                    tracestate: a=NAME
                    baggage: a=NAME
                    NAME: NAME
                    x-request-id: asked
                    """
                            .replace("NAME", name)
                            .replace("\n", "\r\n");
            wire.send(head)
                    .send("Content-Type: " + Multipart.TYPE + "\r\n")
                    .send("Content-Length: " + form.length + "\r\n\r\n");
            assertThat(wire.send(form).rest()).startsWith("HTTP/1.1 404 ");
        }
        Answer refused =
                server.post(PATH + "?" + name, form, "Content-Type", Multipart.TYPE, name, name);
        assertThat(refused.status()).isEqualTo(400);
        spanOf(refused);
        Span other = collector.awaitRequest("asked");

        assertThat(other.getName()).isEqualTo("other /predictions/{model}/{version}");
        assertThat(collector.everything())
                .contains("other /predictions/{model}/{version}")
                .doesNotContainIgnoringCase(name);
    }

    @Test
    void isOffUnlessACollectorIsNamed() throws Exception {
        Set<String> before = threads();
        RunningServer plain = RunningServer.with("workers=1", "load_models=" + SKIN).start();
        assertThat(plain.post(PATH, PICTURE).status()).isEqualTo(200);
        Set<String> more = new HashSet<>(threads());
        plain.server().close();

        more.removeAll(before);
        assertThat(more).isNotEmpty().noneMatch(each -> each.matches(".*(?i)(otlp|span).*"));
        assertThat(before).anyMatch(each -> each.contains("BatchSpanProcessor"));
    }

    @Test
    void answersAsEverWhenTheCollectorIsGone() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        RunningServer own =
                RunningServer.with(
                                "workers=1",
                                "load_models=" + SKIN,
                                "otlp_endpoint=http://127.0.0.1:" + nobody)
                        .start();
        for (int i = 0; i < 20; i++) {
            assertThat(own.post(PATH, PICTURE).status()).isEqualTo(200);
        }
        CompletableFuture.runAsync(own.server()::close).orTimeout(1, TimeUnit.MINUTES).join();
    }

    @Test
    void sendsWhatIsLeftWhenTheServerStops() throws Exception {
        RunningServer own =
                RunningServer.with("workers=1", "load_models=" + SKIN, collector.setting()).start();
        Answer answer = own.post(PATH, PICTURE);
        own.server().close();
        int sent = collector.spans();

        collector.awaitRequest(answer.header("x-request-id"));
        assertThat(collector.spans()).isEqualTo(sent);
    }

    private static String parent(String trace, String flags) {
        return "00-" + trace + "-" + PARENT + "-" + flags;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }
}
