package dev.medzoo.benchmarks.serving;

import ai.djl.ModelException;
import dev.medzoo.benchmarks.serving.Agreement.Distance;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Our server by each runtime beside what a Python user writes, all in one run. Every server is
 * started and warm before anything counts, and each number of clients asks one server after the
 * other, the order changing with every round, so that whatever else the machine does meets all
 * alike. The figures are ratios within a round.
 */
@Command(
        name = "benchmarks/peers",
        mixinStandardHelpOptions = true,
        description = "Compare the server with FastAPI on PyTorch and on ONNX Runtime.")
public final class Peers implements Callable<Integer> {
    private static final int PICTURES = 8;
    private static final int WARMING = 16;

    /** Runtimes of the memory's comparison. */
    private static final List<String> RESIDENT = List.of("onnx-int8", "pytorch");

    /** What the bare loop does, in turns. */
    private static final List<String> BARE = List.of("onnx-int8", "onnx", "decode");

    @Mixin private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--python",
            defaultValue = "python3",
            paramLabel = "FILE",
            description =
                    "with fastapi, uvicorn, uvloop, httptools, pillow, numpy, onnxruntime, onnx and"
                            + " torch; default: ${DEFAULT-VALUE}")
    private Path python = Path.of("python3");

    @Option(
            names = "--peers",
            defaultValue = "${sys:medzoo.benchmark.peers}",
            paramLabel = "FOLDER",
            description = "of peer.py; default: the one here")
    private Path peers = Path.of("");

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "length of each phase; default: ${DEFAULT-VALUE}")
    private double seconds = 4;

    @Option(
            names = "--discard",
            paramLabel = "N",
            description = "seconds of each that do not count; default: ${DEFAULT-VALUE}")
    private double discard = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "seconds of load on each of our servers beforehand; default: ${DEFAULT-VALUE}")
    private double warmUp = 15;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "of all servers and loads; default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "numbers of clients; default: 1,4,16,64")
    private List<Integer> clients = List.of(1, 4, 16, 64);

    @Option(names = "--model", description = "default: ${DEFAULT-VALUE}")
    private String model = "pretrained-skin";

    @Option(
            names = "--older",
            split = ",",
            paramLabel = "VERSION",
            description =
                    "versions that PyTorch computes beside the stable one; default: 2.0.0,1.0.0")
    private List<String> older = List.of("2.0.0", "1.0.0");

    @Option(
            names = "--resident",
            split = ",",
            paramLabel = "MODEL",
            description =
                    "models whose memory is compared; default:"
                            + " pretrained-skin,pretrained-breast,dfu-double-transfer")
    private List<String> resident =
            List.of("pretrained-skin", "pretrained-breast", "dfu-double-transfer");

    @Option(names = "--json", paramLabel = "FILE", description = "where to write every figure")
    private @Nullable Path json;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Comparison comparison = new Comparison();
    private final Map<String, List<Double>> bare = new LinkedHashMap<>();
    private final Map<String, List<Double>> residentMb = new LinkedHashMap<>();

    private Peers() {}

    /** See {@code --help}; 1 when a mark is missed. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Peers()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path logs = Files.createTempDirectory("medzoo-peers");
        try {
            PeersReport report = measure(logs);
            report.print();
            System.out.println();
            List<Criterion> marks = report.marks();
            if (json != null) {
                report.write(json, marks);
            }
            return Criterion.print(marks, "reached", "missed ") ? 0 : 1;
        } finally {
            for (AutoCloseable each : open) {
                each.close();
            }
        }
    }

    private PeersReport measure(Path logs) throws Exception {
        byte[] picture = picture(1);
        Path file = Files.write(logs.resolve("picture.jpeg"), picture);
        String version = stable();
        String stable = model + "/" + version;
        Path graph = options.store().resolve(stable).resolve("model.onnx");
        List<PeerChoice> choices =
                List.of(
                        opened(peer(PeersReport.EAGER, "eager", graph, logs)),
                        opened(peer(PeersReport.COMPILED, "compile", graph, logs)),
                        opened(peer(PeersReport.ONNX, "onnx", graph, logs)));
        OwnServers own = opened(new OwnServers(options, model, version, older, logs));
        List<Integer> asked = new ArrayList<>(clients);
        asked.add(WARMING);
        List<Contender> contenders = new ArrayList<>(own.contenders(asked));
        BareLoopProcess loop =
                opened(
                        new BareLoopProcess(
                                options.store(), stable, file, logs.resolve("loop.log")));
        String path = "/predictions/" + model;
        for (PeerChoice each : choices) {
            each.awaitReady(EncodedRequest.post(path, picture));
        }
        for (Contender each : contenders) {
            told(each, each.run(WARMING, picture, duration(warmUp), Duration.ZERO));
        }
        for (String each : BARE) {
            loop.rate(each, Math.min(warmUp, 5));
        }
        Map<String, Map<Integer, PeerProcess.Shape>> shapes = new LinkedHashMap<>();
        for (PeerChoice each : choices) {
            Contender chosen = each.choose(clients, path, picture);
            contenders.add(chosen);
            shapes.put(chosen.name(), each.best());
            System.err.println(chosen.name() + ": " + each.best());
        }
        Map<String, Distance> distances = distances(contenders);
        for (int round = 0; round < rounds; round++) {
            compare(contenders, picture, round);
            for (String each : BARE) {
                bare.computeIfAbsent(each, absent -> new ArrayList<>())
                        .add(loop.rate(each, seconds - discard));
            }
            weigh(picture, round, logs);
        }
        return new PeersReport(
                clients, shapes, distances, comparison, arrays(bare), arrays(residentMb));
    }

    private String stable() throws IOException, ModelException {
        Version version =
                new MedZoo(new FolderStore(options.store()))
                        .index()
                        .resolve(new ModelReference(model, null, null))
                        .version();
        return version.toString();
    }

    private static byte[] picture(int seed) throws IOException {
        return EncodedPicture.of("jpeg", 600, 450, seed);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private <T extends AutoCloseable> T opened(T closed) {
        open.add(closed);
        return closed;
    }

    private PeerChoice peer(String name, String runtime, Path graph, Path logs) throws IOException {
        return new PeerChoice(name, runtime, python, peers, graph, logs);
    }

    private Map<String, Distance> distances(List<Contender> contenders) throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 1; i <= PICTURES; i++) {
            pictures.add(picture(i));
        }
        Map<String, Distance> distances = new LinkedHashMap<>();
        Contender right =
                contenders.stream()
                        .filter(each -> each.name().equals(PeersReport.OWN_PYTORCH))
                        .findFirst()
                        .orElseThrow();
        Agreement agreement = new Agreement(right, clients.get(0), pictures);
        for (Contender each : contenders) {
            // Older versions have weights of their own.
            if (!each.name().contains("version")) {
                distances.put(each.name(), agreement.of(each, clients.get(0)));
            }
        }
        return distances;
    }

    private void compare(List<Contender> contenders, byte[] picture, int round)
            throws IOException, InterruptedException {
        for (int i = 0; i < clients.size(); i++) {
            int each = clients.get(i);
            for (int turn = 0; turn < contenders.size(); turn++) {
                Contender one = contenders.get((turn + round * 3 + i) % contenders.size());
                Phase phase = one.run(each, picture, duration(seconds), duration(discard));
                comparison.add(one.name(), each, told(one, phase));
            }
        }
    }

    private void weigh(byte[] picture, int round, Path logs)
            throws IOException, InterruptedException, ExecutionException {
        if (resident.isEmpty()) {
            return;
        }
        ResidentTrial trial = new ResidentTrial(options.jar(), resident, picture);
        for (int turn = 0; turn < RESIDENT.size(); turn++) {
            String runtime = RESIDENT.get((turn + round) % RESIDENT.size());
            Map<String, String> settings = options.settings(options.store());
            settings.put("runtime", runtime);
            settings.put("load_models", String.join(",", resident));
            double held = trial.residentMb(settings, logs.resolve("resident.log"));
            System.err.println("%s: %.0f MB resident".formatted(runtime, held));
            residentMb.computeIfAbsent(runtime, absent -> new ArrayList<>()).add(held);
        }
    }

    private static Map<String, double[]> arrays(Map<String, List<Double>> lists) {
        Map<String, double[]> arrays = new HashMap<>();
        lists.forEach(
                (key, list) ->
                        arrays.put(key, list.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    private static Phase told(Contender contender, Phase phase) {
        System.err.println(
                "%s, %s: %.1f answered/s, p50 %.1f ms, p95 %.1f ms; cores of others %.2f"
                        .formatted(
                                contender.name(),
                                phase.name(),
                                phase.accepted(),
                                phase.p50(),
                                phase.p95(),
                                phase.cores().others()));
        return phase;
    }
}
