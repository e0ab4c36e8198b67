package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** HAProxy with one thread before a server, with the settings that {@code deploy/} recommends. */
final class ProxyProcess implements MeasuredServer, AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process process;
    private final int port;
    private final Path configuration;

    private ProxyProcess(Process process, int port, Path configuration) {
        this.process = process;
        this.port = port;
        this.configuration = configuration;
    }

    /** Where it is installed. */
    static Optional<Path> program() {
        return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it, and ends it with this process should nobody stop it before.
     *
     * @param recommended {@code deploy/haproxy.cfg}
     * @param serverPort where the only server listens
     */
    static ProxyProcess start(Path program, Path recommended, int serverPort) throws IOException {
        int port = ServerProcess.freePort();
        String settings =
                Files.readString(recommended)
                        .replace("maxconn 4096", "maxconn 4096\n    nbthread 1")
                        .replace("bind :8080", "bind 127.0.0.1:" + port)
                        .replaceAll("server one \\S+", "server one 127.0.0.1:" + serverPort)
                        .replaceAll("(?m)^.*server two .*$", "");
        Path configuration = Files.createTempFile("medzoo-proxy", ".cfg");
        Files.writeString(configuration, settings);
        Process process =
                new ProcessBuilder(program.toString(), "-db", "-f", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        ProxyProcess proxy = new ProxyProcess(process, port, configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return proxy;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(configuration);
    }
}
