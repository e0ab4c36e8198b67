package dev.medzoo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code medzoo serve} in a process of its own, with its log in a file. */
final class ServerProcess implements AutoCloseable {
    /** For whatever must come. */
    private static final Duration MOST = Duration.ofMinutes(10);

    private static final Pattern HTTP = Pattern.compile("listening on (http://\\S+)\\R");
    private static final Pattern GRPC = Pattern.compile("listening on http://\\S+:(\\d+) for gRPC");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param folder where its log is put
     * @param environment beside that of this process
     * @param settings {@code key=value}
     */
    static ServerProcess start(Path folder, Map<String, String> environment, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of("-Dai.djl.offline=true", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Medzoo.class.getName(), "serve"));
        for (String each : settings) {
            command.addAll(List.of("--set", each));
        }
        Path log = Files.createTempFile(folder, "server", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new ServerProcess(process, log);
    }

    /** A port that nobody listens on now. */
    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** Where it takes predictions, once it does. */
    URI address() throws Exception {
        return URI.create(logged(HTTP));
    }

    /** The same for gRPC. */
    int grpcPort() throws Exception {
        return Integer.parseInt(logged(GRPC));
    }

    private String logged(Pattern line) throws Exception {
        Matcher[] found = new Matcher[1];
        await(
                () -> {
                    found[0] = line.matcher(log());
                    return found[0].find();
                });
        return found[0].group(1);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until a path answers with a status; a connection that is refused is no answer. */
    void await(String path, int status) throws Exception {
        URI asked = address().resolve(path);
        await(() -> status(asked) == status);
    }

    /** Looks again and again, for ten minutes at most, while the process lives. */
    private void await(Condition condition) throws Exception {
        awaitThat(
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the server ended: " + log());
                    }
                    return condition.holds();
                });
    }

    /** A look at something that another process changes. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks again and again, for ten minutes at most. */
    static void awaitThat(Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(MOST);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("awaited in vain");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The status of a GET, or 0 where there is no connection. */
    static int status(URI address) throws InterruptedException {
        try {
            return get(address).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(MOST).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    static HttpResponse<String> post(URI address, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(MOST)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Its exit code, once it has ended. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not end");
        }
        return process.exitValue();
    }

    /** Ends it however it is. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
