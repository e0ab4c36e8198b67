package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Our server by each runtime, each in a process of its own. */
final class OwnServers implements AutoCloseable {
    private static final List<String> JAVA = List.of("-Xmx1g");
    private static final String PATH = "/predictions/";

    private final String model;
    private final String stable;
    private final List<String> older;
    private final Map<String, ServerProcess> servers = new LinkedHashMap<>();

    /**
     * Starts them.
     *
     * @param model name of an artifact
     * @param stable its version that all answer with
     * @param older versions that PyTorch computes beside it
     * @param logs folder for what they print
     */
    OwnServers(ServerOptions options, String model, String stable, List<String> older, Path logs)
            throws IOException {
        this.model = model;
        this.stable = stable;
        this.older = List.copyOf(older);
        for (String name : PeersReport.OWN) {
            String runtime = PeersReport.runtime(name);
            List<String> models = new ArrayList<>(List.of(model + "/" + stable));
            if (name.equals(PeersReport.OWN_PYTORCH)) {
                older.forEach(each -> models.add(model + "/" + each));
            }
            Map<String, String> settings = options.settings(options.store());
            settings.put("runtime", runtime);
            settings.put("load_models", String.join(",", models));
            Path log = Files.createTempFile(logs, runtime, ".log");
            servers.put(
                    name, ServerProcess.start(options.jar(), log, options.java(JAVA), settings));
        }
    }

    /**
     * Waits until they are ready.
     *
     * @param clients numbers of them that may ask
     */
    List<Contender> contenders(List<Integer> clients) throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        for (Map.Entry<String, ServerProcess> each : servers.entrySet()) {
            each.getValue().awaitReady(unused -> {});
            contenders.add(contender(each.getKey(), stable, each.getValue(), clients));
        }
        ServerProcess pyTorch = Objects.requireNonNull(servers.get(PeersReport.OWN_PYTORCH));
        for (String each : older) {
            String name = PeersReport.OWN_PYTORCH + ", version " + each;
            contenders.add(contender(name, each, pyTorch, clients));
        }
        return contenders;
    }

    private Contender contender(
            String name, String version, MeasuredServer server, List<Integer> clients) {
        Map<Integer, MeasuredServer> same =
                clients.stream()
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), each -> server));
        return new Contender(name, PATH + model + "/" + version, same);
    }

    @Override
    public void close() {
        servers.values().forEach(ServerProcess::close);
    }
}
