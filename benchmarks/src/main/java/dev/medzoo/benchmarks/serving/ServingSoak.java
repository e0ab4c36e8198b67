package dev.medzoo.benchmarks.serving;

import dev.medzoo.zoo.artifact.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A server among all the clients it will ever have, good and bad, while its models are replaced
 * under it. Everything that is sent is counted, here and by the server, and its memory, threads and
 * files must not grow.
 */
@Command(
        name = "benchmarks/serving-soak",
        mixinStandardHelpOptions = true,
        description = "Start a server on a copy of a store, soak it, and judge it.")
public final class ServingSoak implements Callable<Integer> {
    private static final int GOOD = 4;
    private static final int SLOW = 3;
    private static final long LONGEST_WARM_UP = 120;
    private static final long SHORTEST_WARM_UP = 15;

    /** What grows is native memory, and no thread comes or goes but the server's own. */
    private static final List<String> JAVA =
            List.of(
                    "-Xms1g",
                    "-Xmx1g",
                    "-XX:+AlwaysPreTouch",
                    "-XX:-UseDynamicNumberOfCompilerThreads",
                    "-XX:-UseDynamicNumberOfGCThreads");

    @Mixin private final ServerOptions options = new ServerOptions();

    @Parameters(paramLabel = "SECONDS", description = "length, the warm-up not counted")
    private long seconds;

    @Option(names = "--no-metrics", description = "do not ask the server what it counted")
    private boolean withoutMetrics;

    @Option(names = "--no-swaps", description = "do not replace versions")
    private boolean withoutSwaps;

    private final Ledger ledger = new Ledger();
    private final LiveVersions versions = new LiveVersions();
    private final FirstFindings findings = new FirstFindings();
    private final List<SwapVisitor> swaps = new ArrayList<>();

    private ServingSoak() {}

    /** See {@code --help}; 1 when the server does not hold. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ServingSoak()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("medzoo-soak");
        try {
            Path cache = folder.resolve("cache");
            System.setProperty("medzoo.cache", cache.toString());
            SoakStore store = new SoakStore(options.store(), folder);
            Map<String, String> settings = options.settings(store.root());
            settings.putIfAbsent("store_refresh", "1");
            settings.put("cache", cache.toString());
            Path log = folder.resolve("server.log");
            try (ServerProcess server = ServerProcess.start(options.jar(), log, JAVA, settings)) {
                return judge(soak(server, store), server);
            }
        } finally {
            SoakStore.delete(folder);
        }
    }

    private int judge(SoakReport report, ServerProcess server) throws Exception {
        report.print();
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "probabilities at most %.1e from the first; slowest swap %.1f s%n",
                        findings.mostApart(),
                        swaps.stream().mapToDouble(SwapVisitor::slowestSeconds).max().orElse(0)));
        if (Criterion.print(report.criteria())) {
            return 0;
        }
        System.err.println(server.lastLines());
        return 1;
    }

    private SoakReport soak(ServerProcess server, SoakStore store) throws Exception {
        for (String name : store.index().artifacts().keySet()) {
            Version stable = store.stable(name);
            versions.published(name, stable, store.digest(name, stable));
            versions.confirmed(name, stable);
        }
        server.awaitReady(this::counted);
        long warmUp = Math.max(SHORTEST_WARM_UP, Math.min(LONGEST_WARM_UP, seconds / 4));
        gather(server, store, warmUp, null);
        IdleFigures before = IdleFigures.first(server.pid());
        ProcessMonitor watch = new ProcessMonitor(server, ledger, !withoutMetrics);
        gather(server, store, seconds, watch);
        IdleFigures after = before.again(server.pid());
        CountCheck counts = withoutMetrics ? null : new CountCheck(ledger, watch.page());
        watch.close();
        Integer replaced = swaps.stream().mapToInt(SwapVisitor::swaps).sum();
        return new SoakReport(
                ledger,
                counts,
                watch.resident(),
                watch.heap(),
                before,
                after,
                withoutSwaps ? null : replaced,
                server.stop());
    }

    private void counted(Answer ping) {
        ledger.begin(Sender.WATCH);
        ledger.expected(Sender.WATCH, ping);
    }

    private void gather(
            ServerProcess server, SoakStore store, long time, @Nullable ProcessMonitor watch)
            throws Exception {
        List<Visitor> visitors = visitors(server.port(), store);
        if (watch != null) {
            visitors.add(watch);
        }
        Crowd crowd = new Crowd(visitors, ledger);
        TimeUnit.SECONDS.sleep(time);
        crowd.stop();
    }

    private List<Visitor> visitors(int port, SoakStore store) throws Exception {
        List<SoakPicture> pictures = SoakPicture.good();
        List<String> names = versions.names();
        List<Visitor> all = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            all.add(new GoodVisitor(port, ledger, versions, findings, pictures));
        }
        for (int i = 0; i < SLOW; i++) {
            String name = names.get(i % names.size());
            all.add(new SlowVisitor(port, ledger, name, pictures.get(2)));
            all.add(new LeavingVisitor(port, ledger, name, pictures.get(i)));
        }
        all.add(RepeatingVisitor.bad(port, ledger, names));
        all.add(RepeatingVisitor.unknown(port, ledger, names, pictures.get(0)));
        all.add(RepeatingVisitor.ping(port, ledger));
        if (!withoutSwaps) {
            SwapVisitor swap = new SwapVisitor(port, ledger, versions, store, pictures.get(0));
            swaps.add(swap);
            all.add(swap);
        }
        return all;
    }
}
