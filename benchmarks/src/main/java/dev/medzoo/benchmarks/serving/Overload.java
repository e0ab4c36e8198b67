package dev.medzoo.benchmarks.serving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a server does with more requests than it can answer. One drawn picture goes to one model
 * again and again: first one request at a time, then more and more until the throughput does not
 * grow, then on a schedule that waits for no answer, of up to twice that. What it is judged by is
 * measured three times over, one after the other: the idle server, its peak, three times its peak.
 */
@Command(
        name = "benchmarks/overload",
        mixinStandardHelpOptions = true,
        description = "Start a server, load it up to three times its capacity, and judge it.")
public final class Overload implements Callable<Integer> {
    private static final List<Integer> AT_A_TIME = List.of(1, 2, 3, 4, 6, 8, 12);
    private static final List<Integer> AT_PEAK = List.of(2, 3);
    private static final List<Double> TIMES_CAPACITY = List.of(0.5, 1.0, 1.5, 2.0);
    private static final double OVERLOAD = 3;

    /**
     * Requests a second before anything counts: Java compiles the way of a refusal only after
     * thousands of them, and takes the cores that the pictures need.
     */
    private static final double WARMING = 600;

    private static final int WARM_UPS = 2;
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
    private int connections = 64;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "of idle, peak and overload, the median judged; default: ${DEFAULT-VALUE}")
    private int repeats = 3;

    @Option(names = "--no-curve", negatable = true, description = "only the rounds that are judged")
    private boolean curve = true;

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
                ServerProcess.start(options.jar(), log, JAVA, options.settings(options.store()))) {
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
        Phase unloaded = told(runner.unloaded());
        List<Phase> saturation = new ArrayList<>();
        for (int each : curve ? AT_A_TIME : AT_PEAK) {
            saturation.add(told(runner.closed(each)));
        }
        Phase best = OverloadReport.best(saturation);
        List<Phase> schedule = new ArrayList<>();
        if (curve) {
            for (double times : TIMES_CAPACITY) {
                schedule.add(told(scheduled(runner, times, best)));
            }
        }
        return new OverloadReport(unloaded, saturation, schedule, rounds(runner, best));
    }

    private List<OverloadRound> rounds(LoadRunner runner, Phase best) throws InterruptedException {
        List<OverloadRound> rounds = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            Phase idle = told(runner.unloaded());
            Phase peak = told(runner.closed(best.connections()));
            rounds.add(new OverloadRound(idle, peak, told(scheduled(runner, OVERLOAD, peak))));
        }
        return rounds;
    }

    private Phase scheduled(LoadRunner runner, double times, Phase capacity)
            throws InterruptedException {
        return runner.open(times + " x capacity", times * capacity.accepted(), connections);
    }

    private static Phase told(Phase phase) {
        System.err.println(
                "%s: %.1f accepted/s, %.1f refused/s"
                        .formatted(phase.name(), phase.accepted(), phase.refused()));
        return phase;
    }
}
