package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.format.PortablePath;
import dev.medzoo.zoo.format.StrayFile;
import dev.medzoo.zoo.network.NetworkType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of an artifact's files, and the only allowed content of its {@code serving.properties}.
 */
public final class ArtifactFiles {
    public static final String SERVING_PROPERTIES = "serving.properties";
    public static final String ARTIFACT = "artifact.json";
    public static final String CARD = "card.json";
    public static final String SYNSET = "synset.txt";
    public static final String MANIFEST = "manifest.json";

    /** The folder of the example pictures. */
    public static final String GOLDEN_FOLDER = "golden/";

    /** Expected results of the example pictures, see {@link Golden}. */
    public static final String GOLDEN = GOLDEN_FOLDER + "golden.json";

    /** The gate's report, see {@link GateReport}; absent in a candidate. */
    public static final String GATE = "gate.json";

    /** Predictions on the test pictures, see {@link TestPredictions}. */
    public static final String PREDICTIONS = "predictions.csv";

    /** The network as a graph, for ONNX Runtime; the first versions lack it. */
    public static final String ONNX = "model.onnx";

    /** The graph with 8-bit weights and activations, if it is accurate enough. */
    public static final String ONNX_INT8 = "model-int8.onnx";

    /** Predictions of the 8-bit graph on the test pictures; present with {@link #ONNX_INT8}. */
    public static final String PREDICTIONS_INT8 = "predictions-int8.csv";

    /** The largest file an artifact may hold, in bytes. */
    public static final int LARGEST_FILE_BYTES = 64 << 20;

    /** The class that creates the Block for DJL; every published artifact names it so. */
    private static final String BLOCK_FACTORY = "dev.medzoo.zoo.DcnnBlockFactory";

    /** DJL Serving's settings of a model's queue, batches and workers. */
    private static final Pattern SERVING_NUMBER =
            Pattern.compile(
                    "((cpu|gpu)\\.)?(job_queue_size|batch_size|max_batch_delay|max_idle_time"
                            + "|minWorkers|maxWorkers)=\\d{1,7}");

    private static final Logger logger = LoggerFactory.getLogger(ArtifactFiles.class);

    private ArtifactFiles() {}

    /** {@code <name>-0000.params}, where DJL looks for the weights. */
    public static String paramsFile(String name) {
        return name + "-0000.params";
    }

    /** The required files of an artifact, without its manifest. */
    static Set<String> required(Artifact artifact) {
        String network = isGraph(artifact) ? ONNX : paramsFile(artifact.name());
        return Set.of(network, SERVING_PROPERTIES, ARTIFACT, CARD, SYNSET, GOLDEN);
    }

    /** Whether an artifact with this kind of network may have the file. */
    static boolean fits(String path, Artifact artifact) {
        Set<String> ofBlocks = Set.of(paramsFile(artifact.name()), ONNX_INT8, PREDICTIONS_INT8);
        return !isGraph(artifact) || !ofBlocks.contains(path);
    }

    /** Whether its network is a foreign graph. */
    private static boolean isGraph(Artifact artifact) {
        return artifact.network().kind() == NetworkType.ONNX;
    }

    /** Removes file system leftovers from a set of paths, and logs it. */
    public static void passOverStray(Set<String> paths, String where) {
        Set<String> stray = new TreeSet<>(paths);
        stray.removeIf(path -> !StrayFile.isOne(path));
        if (!stray.isEmpty()) {
            logger.warn("{}: ignored, left by a file system in {}", stray, where);
            paths.removeAll(stray);
        }
    }

    /** Refuses a path that no artifact of that name may contain; the manifest is not checked. */
    public static void checkAllowed(String name, Set<String> paths, String where)
            throws MalformedModelException {
        Set<String> known =
                new TreeSet<>(
                        Set.of(
                                paramsFile(name),
                                SERVING_PROPERTIES,
                                ARTIFACT,
                                CARD,
                                SYNSET,
                                GOLDEN,
                                GATE,
                                PREDICTIONS,
                                PREDICTIONS_INT8,
                                ONNX,
                                ONNX_INT8));
        if (paths.size() > Manifest.MOST_FILES) {
            throw new MalformedModelException(
                    "files: %d (expected: at most %d) in %s"
                            .formatted(paths.size(), Manifest.MOST_FILES, where));
        }
        for (String path : paths) {
            if (!known.contains(path) && !isGolden(path)) {
                throw new MalformedModelException(
                        "%s: not a file of an artifact (expected: %s or golden/…) in %s"
                                .formatted(path, known, where));
            }
        }
        checkDistinct(paths, where);
    }

    /** Refuses paths that are one file on some systems and two on others. */
    private static void checkDistinct(Set<String> paths, String where)
            throws MalformedModelException {
        try {
            PortablePath.checkDistinct(new TreeSet<>(paths));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelException("%s in %s".formatted(e.getMessage(), where), e);
        }
    }

    private static boolean isGolden(String path) {
        return path.startsWith(GOLDEN_FOLDER) && PortablePath.isFile(path);
    }

    /** {@code serving.properties}, which stock DJL and stock DJL Serving read. */
    public static byte[] servingProperties(Artifact artifact) {
        StringBuilder text = new StringBuilder();
        properties(artifact).forEach((key, value) -> text.append(key + "=" + value + "\n"));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code synset.txt}: one label a line. */
    public static byte[] synset(List<String> labels) {
        return (String.join("\n", labels) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Validates {@code serving.properties}. DJL instantiates every class that this file names, so
     * any content but ours is refused, except numbers that tune a server's queue, batches and
     * workers.
     *
     * @return those numbers, by their names
     */
    public static Map<String, Integer> servingNumbers(byte[] file, Artifact artifact, String where)
            throws MalformedModelException {
        Map<String, Integer> numbers = new TreeMap<>();
        Map<Object, Object> rest = new TreeMap<>();
        properties(file, where)
                .forEach(
                        (key, value) -> {
                            if (SERVING_NUMBER.matcher(key + "=" + value).matches()) {
                                numbers.put((String) key, Integer.valueOf((String) value));
                            } else {
                                rest.put(key, value);
                            }
                        });
        Map<Object, Object> expected = new TreeMap<>(properties(artifact));
        if (!rest.equals(expected)) {
            throw new MalformedModelException(
                    "%s: %s (expected: %s) in %s"
                            .formatted(SERVING_PROPERTIES, rest, expected, where));
        }
        return numbers;
    }

    private static Properties properties(byte[] file, String where) throws MalformedModelException {
        Properties seen = new Properties();
        try {
            seen.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedModelException(
                    "%s: %s in %s".formatted(SERVING_PROPERTIES, e.getMessage(), where), e);
        }
        return seen;
    }

    /**
     * The fixed entries of {@code serving.properties}. A foreign graph has no weights file, so DJL
     * is told not to look for one; its engine then only holds the arrays.
     */
    private static Map<String, String> properties(Artifact artifact) {
        Map<String, String> properties =
                new TreeMap<>(
                        Map.of(
                                "engine",
                                "PyTorch",
                                "option.modelName",
                                artifact.name(),
                                "translatorFactory",
                                FindingTranslatorFactory.class.getName(),
                                "blockFactory",
                                BLOCK_FACTORY,
                                "application",
                                "cv/image_classification"));
        if (isGraph(artifact)) {
            properties.put("option.hasParameter", "false");
        }
        return properties;
    }
}
