package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Where the time of a request goes from its socket to its answer. The operating system says how
 * long each kind of thread was on a core, and the Flight Recorder what for, and who took memory.
 */
@Command(
        name = "benchmarks/profile",
        mixinStandardHelpOptions = true,
        description = "Load a server and say where the time of a request goes.")
public final class Profile implements Callable<Integer> {
    private static final List<String> JAVA = List.of("-Xmx1g");
    private static final int SITES = 15;

    @Mixin private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "that are recorded; default: ${DEFAULT-VALUE}")
    private int seconds = 20;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "seconds of load beforehand; default: ${DEFAULT-VALUE}")
    private int warmUp = 30;

    @Option(names = "--clients", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    private int clients = 16;

    @Option(names = "--model", description = "default: ${DEFAULT-VALUE}")
    private String model = "pretrained-skin";

    @Option(names = "--keep", paramLabel = "FILE", description = "where the recording is kept")
    private @Nullable Path kept;

    private Profile() {}

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Profile()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("medzoo-profile");
        Path file = kept == null ? folder.resolve("server.jfr") : kept.toAbsolutePath();
        Map<String, String> settings = options.settings(options.store());
        settings.putIfAbsent("load_models", model);
        try (ServerProcess server =
                ServerProcess.start(
                        options.jar(), folder.resolve("log"), options.java(JAVA), settings)) {
            server.awaitReady(unused -> {});
            byte[] picture = EncodedPicture.of("jpeg", 600, 450, 1);
            byte[] request = EncodedRequest.post("/predictions/" + model, picture);
            load(server, request, warmUp);
            jcmd(
                    server,
                    "JFR.start",
                    "name=profile",
                    "settings=profile",
                    Recording.TIME + "#enabled=true",
                    Recording.TIME + "#throttle=5ms",
                    "filename=" + file);
            ThreadTimes before = ThreadTimes.now(server.pid(), model);
            Phase phase = load(server, request, seconds);
            Map<String, Double> threads = ThreadTimes.now(server.pid(), model).since(before);
            jcmd(server, "JFR.stop", "name=profile");
            print(phase, parts(threads, Recording.of(file)), Recording.of(file));
        }
        return 0;
    }

    private Phase load(ServerProcess server, byte[] request, int length)
            throws IOException, InterruptedException {
        return new LoadRunner(server, request, Duration.ofSeconds(length), Duration.ZERO)
                .closed(clients);
    }

    private static void jcmd(ServerProcess server, String... words)
            throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = new ArrayList<>(List.of(jcmd, String.valueOf(server.pid())));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("jcmd: %s (expected: recorded)".formatted(said));
        }
    }

    private void print(Phase phase, Map<String, Double> parts, Recording recording) {
        double requests = phase.accepted() * seconds;
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%.1f answered a second, p50 %.1f ms, p95 %.1f ms",
                        phase.accepted(),
                        phase.p50(),
                        phase.p95()));
        double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        System.out.println("\n| part | ms of a core a request | share |\n|---|--:|--:|");
        parts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(
                        each ->
                                System.out.println(
                                        String.format(
                                                Locale.ROOT,
                                                "| %s | %.3f | %.1f %% |",
                                                each.getKey(),
                                                1000 * each.getValue() / requests,
                                                100 * each.getValue() / all)));
        System.out.println("\n| part | kB of heap a request |\n|---|--:|");
        recording
                .bytes()
                .forEach(
                        (part, bytes) ->
                                System.out.println(
                                        String.format(
                                                Locale.ROOT,
                                                "| %s | %.1f |",
                                                part,
                                                bytes / 1e3 / requests)));
        System.out.println("\nMost memory, kB a request:");
        recording
                .sites(SITES)
                .forEach(
                        each ->
                                System.out.println(
                                        String.format(
                                                Locale.ROOT,
                                                "%8.1f  %s",
                                                each.getValue() / 1e3 / requests,
                                                each.getKey())));
        System.out.println("\nMost samples outside decode and transform:");
        recording
                .hot(SITES)
                .forEach(
                        each ->
                                System.out.println(
                                        "%8d  %s".formatted(each.getValue(), each.getKey())));
    }

    /** Seconds of a core; those of Java's threads as their samples divide them. */
    private Map<String, Double> parts(Map<String, Double> threads, Recording recording) {
        Map<String, Double> parts = new TreeMap<>(threads);
        divide(parts, ThreadTimes.WORKERS, recording.samples(model));
        divide(parts, ThreadTimes.HTTP, recording.samples(ThreadTimes.HTTP_NAME));
        return parts;
    }

    private static void divide(Map<String, Double> parts, String kind, Map<String, Long> samples) {
        long all = samples.values().stream().mapToLong(Long::longValue).sum();
        Double seconds = all == 0 ? null : parts.remove(kind);
        if (seconds != null) {
            samples.forEach((part, count) -> parts.put(kind + ": " + part, seconds * count / all));
        }
    }
}
