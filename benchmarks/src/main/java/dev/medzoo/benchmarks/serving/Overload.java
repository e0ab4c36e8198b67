package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a server does with many requests, and with more than it can answer. One drawn picture goes
 * to one model again and again: first from clients that ask one request after the other, one to as
 * many as may wait. Then, in rounds, on a schedule that waits for no answer, from nine tenths to
 * ten times what it answers at its peak, and from twice as many clients as may wait, that never
 * rest.
 */
@Command(
        name = "benchmarks/overload",
        mixinStandardHelpOptions = true,
        description = "Start a server, load it up to ten times its capacity, and judge it.")
public final class Overload implements Callable<Integer> {
    private static final List<Integer> CLIENTS = List.of(1, 2, 4, 16, 64, 100);
    private static final int AT_PEAK = 16;
    private static final int CROWD = 200;
    private static final double BELOW = 0.9;
    private static final double BEYOND = 3;
    private static final double FAR_BEYOND = 10;

    /**
     * Requests a second before anything counts: Java is done with compiling the way of a refusal
     * only after some seventy thousand of them, and takes the cores that the pictures need.
     */
    private static final double WARMING = 600;

    private static final int WARM_UPS = 6;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final List<String> JAVA = List.of("-Xms1g", "-Xmx1g");

    @Mixin private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "length of each phase; default: ${DEFAULT-VALUE}")
    private int seconds = 20;

    @Option(
            names = "--discard",
            paramLabel = "N",
            description = "seconds of each that do not count; default: ${DEFAULT-VALUE}")
    private int discard = 5;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "most requests at a time on the schedule; default: ${DEFAULT-VALUE}")
    private int connections = 256;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "of peak and overloads, the median judged; default: ${DEFAULT-VALUE}")
    private int repeats = 3;

    @Option(
            names = "--max-wait",
            paramLabel = "SECONDS",
            description = "setting of the server; default: ${DEFAULT-VALUE}")
    private double maxWait = 5;

    @Option(
            names = "--peer",
            paramLabel = "PORT",
            description =
                    "of another server here that answers the same requests, whose turn comes after"
                            + " each load of clients")
    private @Nullable Integer peer;

    @Option(names = "--model", description = "default: ${DEFAULT-VALUE}")
    private String model = "pretrained-skin";

    @Option(names = "--json", paramLabel = "FILE", description = "where to write every figure")
    private @Nullable Path json;

    private Overload() {}

    /** See {@code --help}; 1 when the server does not hold. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Overload()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path log = Files.createTempFile("medzoo-overload", ".log");
        try (ServerProcess server =
                ServerProcess.start(options.jar(), log, options.java(JAVA), settings())) {
            server.awaitReady(unused -> {});
            OverloadReport report = measure(server);
            int exitCode = server.stop();
            report.print();
            System.out.println();
            List<Criterion> criteria = report.criteria(exitCode);
            if (json != null) {
                report.write(json, criteria);
            }
            return Criterion.print(criteria) ? 0 : 1;
        } finally {
            Files.delete(log);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = options.settings(options.store());
        settings.put("max_wait", String.valueOf(maxWait));
        return settings;
    }

    private OverloadReport measure(ServerProcess server) throws Exception {
        byte[] picture = EncodedPicture.of("jpeg", 600, 450, 1);
        byte[] request = EncodedRequest.post("/predictions/" + model, picture);
        LoadRunner warming = new LoadRunner(server, request, WARM_UP, Duration.ZERO);
        for (int i = 0; i < WARM_UPS; i++) {
            told(warming.open("warm-up", WARMING, connections));
        }
        LoadRunner runner =
                new LoadRunner(
                        server, request, Duration.ofSeconds(seconds), Duration.ofSeconds(discard));
        List<Phase> clients = new ArrayList<>();
        List<Phase> peers = new ArrayList<>();
        for (int each : CLIENTS) {
            clients.add(told(runner.closed(each)));
            if (peer != null) {
                peers.add(told(runner.peer(peer).closed(each)));
            }
        }
        List<OverloadRound> rounds = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            rounds.add(round(runner));
        }
        return new OverloadReport(clients, peers, rounds, 1000 * maxWait);
    }

    private OverloadRound round(LoadRunner runner) throws IOException, InterruptedException {
        Phase peak = told(runner.closed(AT_PEAK));
        return new OverloadRound(
                peak,
                told(scheduled(runner, BELOW, peak)),
                told(scheduled(runner, 1, peak)),
                told(scheduled(runner, BEYOND, peak)),
                told(scheduled(runner, FAR_BEYOND, peak)),
                told(runner.closed(CROWD)));
    }

    private Phase scheduled(LoadRunner runner, double times, Phase capacity)
            throws IOException, InterruptedException {
        return runner.open(times + " x capacity", times * capacity.accepted(), connections);
    }

    private static Phase told(Phase phase) {
        System.err.println(
                "%s: %.1f accepted/s, %.1f refused/s"
                        .formatted(phase.name(), phase.accepted(), phase.refused()));
        return phase;
    }
}
