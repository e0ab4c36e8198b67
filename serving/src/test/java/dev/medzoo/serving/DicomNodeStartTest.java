package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that watches an archive where nobody answers. */
class DicomNodeStartTest {
    private static RunningServer server(int port, Path state, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = "load_models=NONE";
        all[1] = "dicomweb=http://127.0.0.1:%d/dicom-web".formatted(port);
        all[2] = "dicomweb_model=skin";
        all[3] = "dicomweb_state=" + state;
        return RunningServer.with(all);
    }

    /** On which nobody listens. */
    private static int silentPort() throws Exception {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    @Test
    void isReadyThoughTheArchiveIsDown(@TempDir Path folder) throws Exception {
        RunningServer server = server(silentPort(), folder.resolve("state")).start();
        try {
            Deadline.await(
                    () -> server.get("/dicomweb").json("/status").asText().equals("waiting"));
            JsonNode state = server.get("/dicomweb").json("");
            assertThat(state.get("reason").asText())
                    .isEqualTo("QIDO-RS: ConnectException (expected: an answer)");
            assertThat(state.get("reported").asInt()).isZero();
            assertThat(server.get("/ready").status()).isEqualTo(200);
            assertThat(server.get("/metrics").body()).contains("medzoo_dicomweb_up 0.0");
        } finally {
            server.server().close();
        }
    }

    @Test
    void takesNoStateOfAnotherArchive(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state");
        int port = silentPort();
        RunningServer first = server(port, state).start();
        assertThatThrownBy(() -> server(port, state).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("used by another node");
        first.server().close();
        assertThatThrownBy(() -> server(port == 1 ? 2 : port - 1, state).start())
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("dicomweb: ")
                .hasMessageContaining("each takes a folder of its own");
    }

    @Test
    void doesNotStartWithoutItsTokenOrAuthorities(@TempDir Path folder) throws Exception {
        int port = silentPort();
        Path absent = folder.resolve("absent");
        for (String setting : new String[] {"dicomweb_token_file", "dicomweb_ca_file"}) {
            assertThatThrownBy(
                            () ->
                                    server(port, folder.resolve("state"), setting + "=" + absent)
                                            .start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(setting + ": " + absent);
        }
    }

    @Test
    void saysThatItWatchesNothing() throws Exception {
        RunningServer server = RunningServer.with("load_models=NONE").start();
        try {
            assertThat(server.get("/dicomweb").json("/status").asText()).isEqualTo("off");
            assertThat(server.get("/metrics").body()).doesNotContain("medzoo_dicomweb");
        } finally {
            server.server().close();
        }
    }
}
