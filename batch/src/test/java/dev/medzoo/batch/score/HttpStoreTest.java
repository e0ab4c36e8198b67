package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of a web server that wants a token, on an executor that is a process of its own. */
@Tag("slow")
class HttpStoreTest {
    private static final Path STORE = Path.of("../model-store");
    private static final String DRIVERS = "of-the-driver-7193";
    private static final String EXECUTORS = "of-an-executor-2846";
    private static final String WRONG = "of-nobody-5508";

    @TempDir Path work = Path.of("");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before every test
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            Path file = STORE.resolve(exchange.getRequestURI().getPath().substring(1));
            boolean isKnown = List.of("Bearer " + DRIVERS, "Bearer " + EXECUTORS).contains(token);
            if (isKnown && Files.isRegularFile(file)) {
                asked.add(token + " " + file.getFileName());
                byte[] bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(isKnown ? 404 : 403, -1);
            }
        }
    }

    @Test
    void eachProcessLoadsTheModelOnceAndNobodyWritesATokenDown() throws Exception {
        Path pictures = DrawnPictures.folder(work.resolve("pictures"), 48);
        Path out = Files.createDirectory(work.resolve("out"));
        Path log = out.resolve("log");
        Path spark = Files.createDirectories(work.resolve("spark/jars")).getParent();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        "-Dmedzoo.cache=" + work.resolve("cache-driver"),
                        "-Dmedzoo.store=http://127.0.0.1:" + server.getAddress().getPort() + "/",
                        "-Dmedzoo.store.token=" + DRIVERS,
                        "-Dmedzoo.trust=" + Path.of("../trust.json").toAbsolutePath().normalize(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterRun.class.getName(),
                        pictures.toString(),
                        out.toString(),
                        work.resolve("cache-executor").toString(),
                        EXECUTORS,
                        WRONG));
        ProcessBuilder builder = new ProcessBuilder(command).directory(spark.toFile());
        builder.environment().put("SPARK_HOME", spark.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        String said = Files.readString(log);
        assertThat(said)
                .contains(" INFO ")
                .containsPattern("(?m)^unread: 0$")
                .containsPattern(
                        "(?m)^java.io.IOException: score: a task failed: .*status 403 \\(expected: 200\\)"
                                + ", asked with credentials of MEDZOO_STORE_TOKEN$");
        assertThat(asked)
                .filteredOn(each -> each.endsWith("model.onnx"))
                .containsExactlyInAnyOrder(
                        "Bearer " + DRIVERS + " model.onnx", "Bearer " + EXECUTORS + " model.onnx");
        isAsWithoutSpark(pictures, out.resolve("0"));
        try (Stream<Path> all = Files.walk(spark.resolve("work"))) {
            assertThat(all.filter(file -> file.endsWith("stderr"))).isNotEmpty();
        }
        assertThat(List.of(out, spark))
                .allSatisfy(
                        folder -> {
                            try (Stream<Path> all = Files.walk(folder)) {
                                assertThat(all.filter(Files::isRegularFile))
                                        .isNotEmpty()
                                        .allSatisfy(HttpStoreTest::hasNoToken);
                            }
                        });
    }

    private static void hasNoToken(Path file) throws IOException {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain(DRIVERS)
                .doesNotContain(EXECUTORS)
                .doesNotContain(WRONG);
    }

    /** With the model on the class path, by one thread. */
    private void isAsWithoutSpark(Path pictures, Path out) throws Exception {
        Path plain = work.resolve("plain");
        PlainRun.main(new String[] {pictures.toString(), plain.toString()});
        List<Row> expected = rows(plain);
        List<Row> rows = rows(out);
        assertThat(rows).hasSize(48).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).getString(0)).isEqualTo(expected.get(i).getString(0));
            assertThat(rows.get(i).getString(1)).isEqualTo(expected.get(i).getString(1));
            assertThat(rows.get(i).getDouble(2))
                    .isEqualTo(expected.get(i).getDouble(2), offset(1e-5));
        }
    }

    private static List<Row> rows(Path out) {
        return TestSpark.session()
                .read()
                .parquet(out.resolve("findings").toString())
                .select("file", "label", "probability")
                .orderBy("file")
                .collectAsList();
    }
}
