package dev.medzoo.serving.tls;

import dev.medzoo.serving.RunningServer;
import dev.medzoo.serving.Server;
import dev.medzoo.serving.StartException;
import dev.medzoo.serving.tls.TestCertificates.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a server that has its key and certificates as PEM, looked at ten times a second. */
record TlsFolder(Path folder) {
    private static final Duration OFTEN = Duration.ofMillis(100);

    Path certificates() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    Path clients() {
        return folder.resolve("clients.pem");
    }

    TlsFolder write(Issued issued) throws Exception {
        replace(key(), issued.keyPem());
        replace(certificates(), issued.pem() + TestCertificates.pem(issued.authority()));
        return this;
    }

    /** By a rename, as whoever renews certificates does. */
    void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * A whole server with one model behind them, at an address for HTTPS and one for gRPC.
     *
     * @param more settings, {@code key=value}
     */
    Server start(String... more) throws StartException {
        List<String> options = new ArrayList<>();
        options.add("inference_address=https://127.0.0.1:0");
        options.add("grpc_port=0");
        options.add("certificate_file=" + certificates());
        options.add("private_key_file=" + key());
        options.add("tls_reload=1");
        options.add("workers=1");
        options.add("load_models=" + RunningServer.SKIN);
        options.addAll(List.of(more));
        return Server.start(RunningServer.settings(options.toArray(String[]::new)));
    }

    TlsSettings settings() {
        return settings(ClientAuth.NONE, null);
    }

    TlsSettings settings(ClientAuth auth, @Nullable Path clients) {
        return new TlsSettings(new PemFiles(certificates(), key()), auth, clients, OFTEN);
    }
}
