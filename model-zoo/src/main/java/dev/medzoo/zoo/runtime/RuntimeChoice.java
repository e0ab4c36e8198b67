package dev.medzoo.zoo.runtime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.util.cuda.CudaUtils;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link InferenceRuntime} that a user chooses. */
public enum RuntimeChoice {
    /**
     * The fastest runtime that the artifact has files for. On a graphics card it is PyTorch, except
     * for a foreign graph. On a processor it is the 8-bit graph, unless the float32 graph is faster
     * by a fifth in a measurement of at most a quarter of a second each; for an artifact without
     * graphs it is PyTorch. Measured once per process.
     */
    AUTO("auto"),
    PYTORCH("pytorch"),
    ONNX("onnx"),
    ONNX_INT8("onnx-int8");

    /** Name of the option and argument of {@code Criteria}, and of the setting. */
    public static final String OPTION = "runtime";

    /** The engines that {@code optEngine} may name. */
    public static final Set<String> ENGINES = Set.of(PyTorchRuntime.ENGINE, OnnxRuntime.ENGINE);

    /**
     * Largest ratio of a graph's time to that of the previous one at which it replaces that one.
     */
    private static final double CLEARLY = 0.8;

    /** Fastest runtime by the digest of an artifact. */
    private static final Map<String, InferenceRuntime> FASTEST = new ConcurrentHashMap<>();

    private static final Logger logger = LoggerFactory.getLogger(RuntimeChoice.class);

    private final String word;

    RuntimeChoice(String word) {
        this.word = word;
    }

    /** Name in settings, such as {@code onnx-int8}. */
    public String word() {
        return word;
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException when it is not one of the names
     */
    public static RuntimeChoice parse(String word) {
        for (RuntimeChoice each : values()) {
            if (each.word.equals(word.strip().toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "%s: %s (expected: %s)".formatted(OPTION, word, String.join(", ", words())));
    }

    /** All names that {@link #parse} accepts. */
    public static List<String> words() {
        return Arrays.stream(values()).map(RuntimeChoice::word).toList();
    }

    /** The choice for DJL's name of an engine. */
    public static RuntimeChoice ofEngine(String engine) {
        return engine.equals(OnnxRuntime.ENGINE) ? ONNX : PYTORCH;
    }

    /**
     * Loads an artifact's network.
     *
     * @param content verified
     * @param digest of its manifest
     * @param folder of the artifact, kept as the path of a PyTorch model
     * @param device that it computes on, or null for the default
     * @param options of DJL's loaders
     * @throws ModelNotFoundException when the artifact has no file for the choice
     * @throws MalformedModelException when a file is no network
     */
    public Model load(
            ArtifactContent content,
            String digest,
            Path folder,
            @Nullable Device device,
            Map<String, String> options)
            throws IOException, ModelNotFoundException, MalformedModelException {
        InferenceRuntime pyTorch = new PyTorchRuntime(folder, device, options);
        List<InferenceRuntime> all = List.of(OnnxRuntime.INT8, OnnxRuntime.FLOAT, pyTorch);
        if (this == AUTO) {
            List<InferenceRuntime> graphs = new ArrayList<>(all.subList(0, 2));
            graphs.removeIf(each -> !each.canLoad(content));
            boolean isPyTorch = graphs.isEmpty() || isGraphics(device);
            return isPyTorch && pyTorch.canLoad(content)
                    ? pyTorch.load(content, digest)
                    : fastest(graphs, content, digest);
        }
        for (InferenceRuntime each : all) {
            if (each.word().equals(word) && each.canLoad(content)) {
                return each.load(content, digest);
            }
        }
        throw new ModelNotFoundException(
                "%s: %s of %s/%s (expected: one whose file it has: %s)"
                        .formatted(
                                OPTION,
                                word,
                                content.artifact().name(),
                                content.artifact().version(),
                                all.stream()
                                        .filter(each -> each.canLoad(content))
                                        .map(InferenceRuntime::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static boolean isGraphics(@Nullable Device device) {
        return device == null ? Graphics.ARE_THERE : device.isGpu();
    }

    /** Queried once per process: with an incompatible driver, DJL warns at every query. */
    private static final class Graphics {
        static final boolean ARE_THERE = CudaUtils.getGpuCount() > 0;
    }

    /**
     * Loads the runtime that was fastest at the first measurement. A new measurement might choose
     * another, and one process would give two findings for a picture.
     */
    private static Model fastest(
            List<InferenceRuntime> graphs, ArtifactContent content, String digest)
            throws IOException, MalformedModelException {
        InferenceRuntime known = graphs.size() == 1 ? graphs.get(0) : FASTEST.get(digest);
        if (known != null) {
            return known.load(content, digest);
        }
        Measured measured = measured(graphs, content, digest);
        known = FASTEST.putIfAbsent(digest, measured.runtime());
        if (known == null || known.equals(measured.runtime())) {
            return measured.model();
        }
        measured.model().close();
        return known.load(content, digest);
    }

    /** The fastest runtime and its loaded model. */
    private record Measured(InferenceRuntime runtime, Model model) {}

    private static Measured measured(
            List<InferenceRuntime> graphs, ArtifactContent content, String digest)
            throws IOException, MalformedModelException {
        Measured best = new Measured(graphs.get(0), graphs.get(0).load(content, digest));
        try {
            double least = millis(best, content, Double.POSITIVE_INFINITY);
            for (InferenceRuntime each : graphs.subList(1, graphs.size())) {
                Measured next = new Measured(each, each.load(content, digest));
                double millis = millis(next, content, least);
                Measured slower = next;
                if (millis < CLEARLY * least) {
                    slower = best;
                    best = next;
                    least = millis;
                }
                slower.model().close();
            }
            return best;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            best.model().close();
            throw e;
        }
    }

    private static double millis(Measured measured, ArtifactContent content, double least) {
        Artifact artifact = content.artifact();
        double millis = Stopwatch.millis(measured.model(), artifact.network().input(), least);
        logger.debug(
                "{}/{}: {} ms a picture by {}",
                artifact.name(),
                artifact.version(),
                String.format(Locale.ROOT, "%.1f", millis),
                measured.runtime().word());
        return millis;
    }
}
