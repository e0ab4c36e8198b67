package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.FOOT_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is asked at one address and managed at another. */
class TwoAddressesTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with(
                    "load_models=" + FOOT,
                    "prometheus=true",
                    "inference_address=http://127.0.0.1:8080",
                    "management_address=http://localhost:0");

    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);

    @ParameterizedTest
    @CsvSource({
        "GET, /ping, 200, 200",
        "GET, /live, 200, 200",
        "GET, /ready, 200, 200",
        "GET, /openapi.json, 200, 200",
        "POST, /predictions/dfu-double-transfer, 200, 404",
        "POST, /predictions/dfu-double-transfer/" + FOOT_VERSION + ", 200, 404",
        "POST, /invocations, 200, 404",
        "POST, /models/dfu-double-transfer/invoke, 200, 405",
        "GET, /v2/models/dfu-double-transfer, 200, 404",
        "GET, /store/index.json, 200, 404",
        "GET, /models, 404, 200",
        "GET, /models/dfu-double-transfer, 404, 200",
        "POST, /models, 404, 400",
        "PUT, /models/dfu-double-transfer, 404, 200",
        "DELETE, /models/none, 404, 404",
        "GET, /metrics, 404, 200",
        "GET, /server/metrics, 404, 200",
        "PUT, /server/logging, 404, 200",
        "GET, /traffic, 404, 200",
        "DELETE, /traffic/dfu-double-transfer, 404, 200",
        "GET, /unknown, 404, 404",
        "GET, /workflows, 404, 404"
    })
    void eachAnswersWhatIsItsOwn(String method, String path, int inference, int management)
            throws IOException {
        assertThat(status(server.server().address(), method, path)).isEqualTo(inference);
        assertThat(status(server.server().managementAddress(), method, path)).isEqualTo(management);
    }

    private static int status(InetSocketAddress address, String method, String path)
            throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(600_000);
        try (Wire wire = new Wire(socket)) {
            String head =
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                            .formatted(method, path, PICTURE.length);
            return Integer.parseInt(wire.send(head).send(PICTURE).head().substring(9, 12));
        }
    }
}
