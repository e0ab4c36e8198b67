package dev.medzoo.serving;

import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real server with the models of the class path on a free port, and a client of it. */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {
    /** Of the skin model that is stable on the class path. */
    public static final String VERSION = "2.2.0";

    static final String BREAST_VERSION = "2.2.0";
    static final String FOOT_VERSION = "2.2.0";

    public static final String SKIN = "pretrained-skin";
    static final String BREAST = "pretrained-breast";
    static final String FOOT = "dfu-double-transfer";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerSettings settings;
    private @Nullable Server server;

    private RunningServer(ServerSettings settings) {
        this.settings = settings;
    }

    /** A server of one model with one worker, and with these settings. */
    static RunningServer withOne(String model, String... settings) {
        String[] all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 2, settings.length);
        all[0] = "load_models=" + model;
        all[1] = "workers=1";
        return with(all);
    }

    /**
     * @param options beside port 0 and two workers, {@code key=value}
     */
    static RunningServer with(String... options) {
        return new RunningServer(settings(options));
    }

    /**
     * Settings with port 0, two workers, and a wait that no machine is too slow for, unless {@code
     * key=value} says otherwise.
     */
    public static ServerSettings settings(String... options) {
        Map<String, String> all =
                new HashMap<>(Map.of("port", "0", "workers", "2", "max_wait", "86400"));
        for (String option : options) {
            String[] parts = option.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        try {
            return ServerSettings.read(null, Map.of(), all);
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws StartException {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server().close();
    }

    RunningServer start() throws StartException {
        server = Server.start(settings);
        return this;
    }

    Server server() {
        return Objects.requireNonNull(server);
    }

    InetSocketAddress address() {
        return server().address();
    }

    /** A connection that nothing was sent on; reading from it takes at most ten minutes. */
    Socket connect() throws IOException {
        Socket socket = new Socket(address().getAddress(), address().getPort());
        socket.setSoTimeout(600_000);
        return socket;
    }

    Answer get(String path) {
        return send("GET", path, new byte[0]);
    }

    /**
     * @param headers names and values in turn
     */
    Answer post(String path, byte[] body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer send(String method, String path, byte[] body, String... headers) {
        return sendAsync(method, path, body, headers).join();
    }

    CompletableFuture<Answer> sendAsync(
            String method, String path, byte[] body, String... headers) {
        URI uri = URI.create("http://127.0.0.1:" + address().getPort() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofMinutes(10))
                        .method(method, BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Answer::of);
    }
}
