package dev.medzoo.benchmarks.serving;

import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a fleet needs for so many pictures a day. One server of one core, with its store over HTTP
 * and HAProxy before it, is measured on this machine: what a picture costs each of them, and what
 * the server asks of the store. A simulation with these figures then says how many servers answer
 * how much, and where more of them help no more.
 */
@Command(
        name = "benchmarks/capacity",
        mixinStandardHelpOptions = true,
        description = "Measure one server of one core, and simulate many.")
public final class Capacity implements Callable<Integer> {
    private static final int CLIENTS = 8;
    private static final int REFRESHES = 10;
    private static final double SECONDS_A_DAY = 86_400;
    private static final List<String> ONE_CORE = List.of("-XX:ActiveProcessorCount=1", "-Xmx1g");

    @Mixin private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "length of each measurement; default: ${DEFAULT-VALUE}")
    private int seconds = 20;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "seconds of load before; default: ${DEFAULT-VALUE}")
    private int warmUp = 60;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            description = "pictures a day; default: ${DEFAULT-VALUE}")
    private int pictures = 1_000_000;

    @Option(
            names = "--peak",
            paramLabel = "TIMES",
            description =
                    "the rate of the busiest minute, divided by that of the day; default: ${DEFAULT-VALUE}")
    private double peak = 4;

    @Option(
            names = "--proxy",
            defaultValue = "${sys:medzoo.benchmark.proxy}",
            paramLabel = "FILE",
            description = "configuration of HAProxy; default: deploy/haproxy.cfg")
    private @Nullable Path proxy;

    @Option(names = "--model", description = "default: ${DEFAULT-VALUE}")
    private String model = "pretrained-skin";

    private Capacity() {}

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Capacity()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("medzoo-capacity");
        Path log = folder.resolve("server.log");
        try (CountedStore store = new CountedStore(options.store())) {
            Map<String, String> settings = options.settings(Path.of("unused"));
            settings.putAll(
                    Map.of(
                            "store",
                            store.address(),
                            "store_refresh",
                            "1",
                            "load_models",
                            model,
                            "workers",
                            "1",
                            "access_log",
                            "false",
                            "cache",
                            folder.resolve("cache").toString()));
            long begin = System.nanoTime();
            try (ServerProcess server =
                    ServerProcess.start(options.jar(), log, options.java(ONE_CORE), settings)) {
                server.awaitReady(unused -> {});
                double startSeconds = (System.nanoTime() - begin) / 1e9;
                CapacityReport report = measured(server, store, startSeconds);
                server.stop();
                report.print(pictures, peak * pictures / SECONDS_A_DAY);
            }
            return 0;
        } finally {
            Utils.deleteQuietly(folder);
        }
    }

    private CapacityReport measured(ServerProcess server, CountedStore store, double startSeconds)
            throws IOException, InterruptedException {
        CountedStore.Count start = store.count();
        byte[] picture = EncodedPicture.of("jpeg", 600, 450, 1);
        byte[] request = EncodedRequest.post("/predictions/" + model, picture);
        Duration whole = Duration.ofSeconds(seconds);
        new LoadRunner(server, request, Duration.ofSeconds(warmUp), Duration.ZERO).closed(CLIENTS);
        List<Double> alone = alone(server, request);
        Phase loaded = new LoadRunner(server, request, whole, Duration.ZERO).closed(CLIENTS);
        CountedStore.Count before = store.count();
        double idleBefore = server.cpu().toNanos() / 1e9;
        TimeUnit.SECONDS.sleep(REFRESHES);
        CountedStore.Count refreshes = store.count().since(before);
        double idleCores = (server.cpu().toNanos() / 1e9 - idleBefore) / REFRESHES;
        double proxyMillis = Double.NaN;
        Optional<Path> haproxy = ProxyProcess.program();
        if (haproxy.isPresent() && proxy != null) {
            try (ProxyProcess between = ProxyProcess.start(haproxy.get(), proxy, server.port())) {
                // It asks the server twice a second apart before it sends anything there.
                TimeUnit.SECONDS.sleep(3);
                Phase proxied =
                        new LoadRunner(between, request, whole, Duration.ZERO).closed(CLIENTS);
                proxyMillis = 1000 * proxied.cores().server() / proxied.accepted();
            }
        }
        return new CapacityReport(
                loaded.accepted(),
                1000 * loaded.cores().server() / loaded.accepted(),
                alone,
                proxyMillis,
                startSeconds,
                start,
                (double) refreshes.requests() / REFRESHES,
                (double) refreshes.bytes() / REFRESHES,
                idleCores);
    }

    /** How long the server takes for one request after the other, in milliseconds. */
    private List<Double> alone(ServerProcess server, byte[] request) throws IOException {
        List<Double> millis = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (KeptConnection client = new KeptConnection(server.port())) {
            for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
                Answer answer = client.exchange(request);
                if (answer.status() != 200) {
                    throw new IOException(
                            "server: %d %s (expected: 200)"
                                    .formatted(answer.status(), answer.body()));
                }
                millis.add((System.nanoTime() - sent) / 1e6);
            }
        }
        Collections.sort(millis);
        return millis;
    }
}
