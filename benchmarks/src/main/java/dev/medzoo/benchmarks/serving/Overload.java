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
    private static final List<Double> TIMES_CAPACITY = List.of(0.5, 1.0, 1.5, 2.0);
    private static final int ROUNDS = 3;
    private static final double OVERLOAD = 3;
    private static final int WARMING = 4;
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
        LoadRunner runner =
                new LoadRunner(
                        server, request, Duration.ofSeconds(seconds), Duration.ofSeconds(discard));
        runner.closed(WARMING);
        Phase unloaded = told(runner.unloaded());
        List<Phase> saturation = new ArrayList<>();
        for (int each : AT_A_TIME) {
            saturation.add(told(runner.closed(each)));
        }
        double capacity = OverloadReport.capacity(saturation);
        List<Phase> schedule = new ArrayList<>();
        for (double times : TIMES_CAPACITY) {
            String name = times + " x capacity";
            schedule.add(told(runner.open(name, times * capacity, connections)));
        }
        int best = OverloadReport.best(saturation).connections();
        List<OverloadRound> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Phase idle = told(runner.unloaded());
            Phase peak = told(runner.closed(best));
            String name = OVERLOAD + " x capacity";
            double rate = OVERLOAD * peak.accepted();
            rounds.add(new OverloadRound(idle, peak, told(runner.open(name, rate, connections))));
        }
        return new OverloadReport(unloaded, saturation, schedule, rounds);
    }

    private static Phase told(Phase phase) {
        System.err.println(
                "%s: %.1f accepted/s, %.1f refused/s"
                        .formatted(phase.name(), phase.accepted(), phase.refused()));
        return phase;
    }
}
