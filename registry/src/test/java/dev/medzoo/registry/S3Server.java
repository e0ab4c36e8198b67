package dev.medzoo.registry;

import dev.medzoo.zoo.store.S3Clients;
import dev.medzoo.zoo.store.S3Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A server that speaks as S3 does, in a process of its own, one for all tests. It looks at a
 * condition and writes in two steps: a single thread makes them one, as they are in S3.
 */
public final class S3Server implements BeforeAllCallback {
    private static final Path JAR = Path.of("target", "s3-server.jar");
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports? (\\d+)");

    private static @Nullable Process running;

    /** For the classes that come after too, each of which has a store of extensions of its own. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        synchronized (S3Server.class) {
            if (running == null) {
                running = Running.start();
            }
        }
    }

    /**
     * A place in a bucket that nobody else uses: with each request the server reads, and with each
     * write it writes, the names of all that a bucket holds.
     */
    public static S3Location location() {
        String bucket = UUID.randomUUID().toString();
        try (S3Client client = S3Clients.writing()) {
            client.createBucket(create -> create.bucket(bucket));
        }
        return S3Location.parse("s3://" + bucket + "/zoo");
    }

    /** Writes a file, as anyone could. */
    static void put(S3Location location, String path, byte[] content) throws IOException {
        try (S3Client client = S3Clients.writing()) {
            new S3Objects(location, client).put(path, content);
        }
    }

    private static final class Running {
        private final Process process;

        Running(Process process) {
            this.process = process;
        }

        /** Ends with this JVM. */
        static Process start() throws IOException {
            Process process = program();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            System.setProperty(
                    "aws.endpointUrlS3", "http://localhost:" + new Running(process).port());
            System.setProperty("aws.accessKeyId", "tests");
            System.setProperty("aws.secretAccessKey", "nothing secret");
            System.setProperty("aws.region", "us-east-1");
            return process;
        }

        private static Process program() throws IOException {
            return new ProcessBuilder(
                            List.of(
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Xmx256m",
                                    "-jar",
                                    JAR.toString(),
                                    "--server.address=localhost",
                                    "--server.port=0",
                                    "--server.ssl.enabled=false",
                                    "--http.port=0",
                                    "--server.tomcat.threads.max=1",
                                    "--server.tomcat.threads.min-spare=1",
                                    "--logging.level.root=ERROR",
                                    "--logging.level.org.springframework.boot.tomcat=INFO"))
                    .redirectErrorStream(true)
                    .start();
        }

        /** Of what it says when it is ready; the rest is read lest it wait for a reader. */
        private int port() throws IOException {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            StringBuilder said = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    drain(out);
                    return Integer.parseInt(started.group(1));
                }
            }
            throw new IOException("S3 server: ended (expected: started) after: " + said);
        }

        private static void drain(BufferedReader out) {
            Thread reader =
                    new Thread(
                            () -> {
                                try {
                                    out.transferTo(Writer.nullWriter());
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            "S3 server's output");
            reader.setDaemon(true);
            reader.start();
        }
    }
}
