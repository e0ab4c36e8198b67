package dev.medzoo.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's HAProxy or nginx in a process of its own, as its file in {@code deploy} says, but for
 * the addresses of the two servers and its own.
 */
final class ReverseProxy implements AutoCloseable {
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private final Process process;
    private final URI address;

    private ReverseProxy(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** HAProxy; {@code countPort} tells how many servers it takes for ready. */
    static ReverseProxy haproxy(Path folder, int one, int two, int countPort) throws Exception {
        int port = ServerProcess.freePort();
        String text =
                placed("haproxy.cfg", one, two).replace("bind :8080", "bind 127.0.0.1:" + port)
                        + """

                        frontend count
                            bind 127.0.0.1:%d
                            http-request return status 200 content-type text/plain lf-string "%%[nbsrv(medzoo)]"
                        """
                                .formatted(countPort);
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
        return start(port, folder, HAPROXY, "-db", "-f", file.toString());
    }

    /** nginx, which writes below the folder. */
    static ReverseProxy nginx(Path folder, int one, int two) throws Exception {
        int port = ServerProcess.freePort();
        String paths =
                Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                        .map(each -> "    %s_temp_path %s/%s;\n".formatted(each, folder, each))
                        .reduce("http {\n    access_log off;\n", String::concat);
        String text =
                placed("nginx.conf", one, two)
                        .replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                        .replace("http {\n", paths);
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        // Where this is root, its workers would be somebody who may not look into the folder.
        String more = "daemon off; user root; pid %s/nginx.pid;".formatted(folder);
        return start(port, folder, NGINX, "-e", "stderr", "-c", file.toString(), "-g", more);
    }

    private static String placed(String file, int one, int two) throws IOException {
        String text = Files.readString(Path.of("../deploy", file));
        for (String each : List.of("192.0.2.11:8080", "192.0.2.12:8080")) {
            if (!text.contains(each)) {
                throw new IllegalStateException(file + ": no " + each);
            }
        }
        return text.replace("192.0.2.11:8080", "127.0.0.1:" + one)
                .replace("192.0.2.12:8080", "127.0.0.1:" + two);
    }

    private static ReverseProxy start(int port, Path folder, Path program, String... options)
            throws Exception {
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(
                    "%s: not there (expected: Debian's, by apt-get install --no-install-recommends haproxy nginx)"
                            .formatted(program));
        }
        Path log = folder.resolve(program.getFileName() + ".log");
        List<String> command =
                Stream.concat(Stream.of(program.toString()), Stream.of(options)).toList();
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        URI address = URI.create("http://127.0.0.1:" + port);
        ServerProcess.awaitThat(
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(program + ": " + Files.readString(log));
                    }
                    return ServerProcess.status(address.resolve("/live")) == 200;
                });
        return new ReverseProxy(process, address);
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
