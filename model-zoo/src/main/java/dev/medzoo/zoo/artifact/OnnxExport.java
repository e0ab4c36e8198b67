package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.NetworkGraph;
import dev.medzoo.zoo.onnx.ValueRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exports an artifact's network as an ONNX file: {@value ArtifactFiles#ONNX}. See {@link
 * NetworkGraph} for its input and outputs. Outside of this project the user must do the pre- and
 * post-processing; the file's metadata describes them:
 *
 * <ul>
 *   <li>{@code model}: name and version;
 *   <li>{@code transform}: pre-processing, as in {@code artifact.json};
 *   <li>{@code labels}: a JSON array in the order of the logits;
 *   <li>{@code temperature}: divisor of the logits before the softmax;
 *   <li>{@code notice}: research use.
 * </ul>
 */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * Returns the artifact's own file, or creates one for the first versions, which have none.
     *
     * @throws MalformedModelException when the weights are not the network's
     */
    public static byte[] of(ArtifactContent content) throws MalformedModelException {
        if (content.has(ArtifactFiles.ONNX)) {
            return content.file(ArtifactFiles.ONNX);
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return of(content.artifact(), content.network(manager));
        }
    }

    /**
     * Creates the file. Equal artifacts give equal bytes.
     *
     * @param network of that artifact, with its weights
     */
    public static byte[] of(Artifact artifact, Network network) {
        return NetworkGraph.of(network, notes(artifact));
    }

    /**
     * Creates the 8-bit file.
     *
     * @param network of that artifact, with its weights
     * @param ranges of its values, see {@link dev.medzoo.zoo.runtime.ActivationRanges}
     * @param factor that logits are multiplied by
     */
    public static byte[] ofEightBits(
            Artifact artifact, Network network, Map<String, ValueRange> ranges, double factor) {
        return NetworkGraph.ofEightBits(network, notes(artifact), ranges, factor);
    }

    /** The file's metadata, in this order. */
    private static Map<String, String> notes(Artifact artifact) {
        JsonNode reading = reading(artifact);
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("model", artifact.name() + "/" + artifact.version());
        for (String entry : new String[] {"transform", "labels", "temperature"}) {
            notes.put(entry, reading.get(entry).toString());
        }
        notes.put("notice", Finding.NOTICE);
        return notes;
    }

    private static JsonNode reading(Artifact artifact) {
        try {
            return new ObjectMapper().readTree(artifact.toBytes()).get("reading");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "artifact: not JSON (expected: what was just written)", e);
        }
    }
}
