package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class HttpConnectionTest {
    @RegisterExtension
    static final RunningServer server = RunningServer.with("workers=1", "max_request_size=1000000");

    /** Of its own: a client on a busy machine says nothing for a second now and then. */
    @RegisterExtension
    static final RunningServer impatient = RunningServer.with("load_models=NONE", "idle_timeout=1");

    private static final String PATH = "/predictions/" + SKIN;
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001 a TLS hello\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /ping HTTX/1.1\r\n\r\n",
                "GET /ping\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\na b: c\r\n\r\n",
                "POST /predictions/m HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
                "POST /predictions/m HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "POST /predictions/m HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "POST /predictions/m HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%e HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /models?limit=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void refusesWhatIsNoHttpAndCloses(String sent) throws IOException {
        try (Wire wire = new Wire(server)) {
            String response = wire.send(sent).rest();

            assertThat(response).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(response).contains("connection: close\r\n", "\"code\": 400");
        }
    }

    @Test
    void refusesAFirstLineOrHeadersThatAreTooLong() throws IOException {
        String long1 = "x".repeat(100_000);
        try (Wire wire = new Wire(server)) {
            assertThat(wire.send("GET /" + long1 + " HTTP/1.1\r\nHost: localhost\r\n\r\n").rest())
                    .startsWith("HTTP/1.1 414 ");
        }
        try (Wire wire = new Wire(server)) {
            assertThat(
                            wire.send(
                                            "GET / HTTP/1.1\r\nHost: localhost\r\nh: "
                                                    + long1
                                                    + "\r\n\r\n")
                                    .rest())
                    .startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void refusesABodyThatIsTooLargeWhateverItsLengthSays() throws IOException {
        byte[] body = new byte[5_000_000];
        Answer answer = server.post(PATH, body);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json("/message").asText())
                .isEqualTo("body: too large (expected: at most 1000000 bytes)");
        try (Wire wire = new Wire(server)) {
            wire.send(
                    "POST /predictions/m HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "3e8\r\n" + "x".repeat(1000) + "\r\n";
            wire.send(chunk.repeat(1500) + "0\r\n\r\n");
            assertThat(wire.rest()).startsWith("HTTP/1.1 413 ");
        }
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
    }

    @Test
    void invitesABodyThatItWillTakeAndNoOther() throws IOException {
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nExpect: %s\r\n\r\n";
        try (Wire wire = new Wire(server)) {
            wire.send(head.formatted(PATH, PICTURE.length, "100-continue"));
            assertThat(wire.head()).startsWith("HTTP/1.1 100 ");
            assertThat(wire.send(PICTURE).response()).startsWith("HTTP/1.1 200 ");
        }
        try (Wire wire = new Wire(server)) {
            wire.send(head.formatted(PATH, 2_000_000, "100-continue"));
            assertThat(wire.rest()).startsWith("HTTP/1.1 413 ");
        }
        try (Wire wire = new Wire(server)) {
            wire.send(head.formatted(PATH, 5, "a miracle"));
            assertThat(wire.rest()).startsWith("HTTP/1.1 417 ");
        }
    }

    @Test
    void takesABodyInChunks() throws IOException {
        String head =
                "POST "
                        + PATH
                        + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (Wire wire = new Wire(server)) {
            wire.send(head + Integer.toHexString(PICTURE.length) + "\r\n").send(PICTURE);
            String response = wire.send("\r\n0\r\n\r\n").response();

            assertThat(response).endsWith(server.post(PATH, PICTURE).body());
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        try (Wire wire = new Wire(server)) {
            for (int i = 0; i < 5; i++) {
                wire.post(PATH, PICTURE).send(PING);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(wire.response()).startsWith("HTTP/1.1 200 ").contains("className");
                assertThat(wire.response()).startsWith("HTTP/1.1 200 ").contains("Healthy");
            }
        }
    }

    @Test
    void answersThousandsOfPipelinedRequests() throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send(PING.repeat(5000));
            for (int i = 0; i < 5000; i++) {
                assertThat(wire.response()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void aRefusalIsSeenByAClientThatStillSends() throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n" + PING.repeat(100_000));

            assertThat(wire.rest()).startsWith("HTTP/1.1 404 ").doesNotContain("HTTP/1.1 200 ");
        }
    }

    @Test
    void keepsAConnectionForAsLongAsTheClientWantsIt() throws IOException {
        try (Wire wire = new Wire(server)) {
            assertThat(wire.send(PING).response()).contains("connection: keep-alive");
            wire.send(PING.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            assertThat(wire.rest()).startsWith("HTTP/1.1 200 ").contains("connection: close");
        }
        try (Wire wire = new Wire(server)) {
            wire.send("GET /ping HTTP/1.0\r\n\r\n");
            assertThat(wire.rest()).startsWith("HTTP/1.1 200 ").contains("connection: close");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET http://localhost/ping HTTP/1.1, 200",
        "GET /ping?a=b#c HTTP/1.1, 200",
        "GET /ping/ HTTP/1.1, 200",
        "GET //ping HTTP/1.1, 404",
        "GET /PING HTTP/1.1, 404",
        "OPTIONS * HTTP/1.1, 404",
        "CONNECT example.invalid:443 HTTP/1.1, 400",
        "BREW /ping HTTP/1.1, 405",
        "GET /%00 HTTP/1.1, 404"
    })
    void readsTheTargetsThatHttpHas(String line, int status) throws IOException {
        try (Wire wire = new Wire(server)) {
            String response =
                    wire.send(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").rest();

            assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void answersHeadWithNoBody() throws IOException {
        try (Wire wire = new Wire(server)) {
            assertThat(
                            wire.send(
                                            "HEAD /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .rest())
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\ncontent-length: ")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void answersAClientThatSendsNoMoreAndStillWaits() throws IOException {
        for (String version : List.of("1.1", "1.0")) {
            try (Socket socket = server.connect()) {
                Wire wire = new Wire(socket);
                wire.send(
                        "POST %s HTTP/%s\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                                .formatted(PATH, version, PICTURE.length));
                wire.send(PICTURE);
                socket.shutdownOutput();
                String answer = wire.rest();
                assertThat(answer.replaceAll("HTTP/1.1 102 Processing\r\n[^H]*\r\n", ""))
                        .as(version)
                        .startsWith("HTTP/1.1 200 ")
                        .contains("className");
            }
            try (Socket socket = server.connect()) {
                Wire wire = new Wire(socket).send(PING.repeat(3));
                socket.shutdownOutput();
                assertThat(wire.rest().split("HTTP/1.1 200 ", -1)).hasSize(4);
            }
        }
        try (Socket half = server.connect()) {
            Wire wire = new Wire(half);
            wire.send(
                    "POST "
                            + PATH
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf");
            half.shutdownOutput();
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void closesAConnectionThatSaysNothingMore() throws IOException {
        try (Wire silent = new Wire(impatient);
                Wire half = new Wire(impatient)) {
            half.send(
                    "POST "
                            + PATH
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");

            assertThat(half.rest()).isEmpty();
            assertThat(silent.rest()).isEmpty();
        }
    }
}
