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
 * An artifact's network as an ONNX file: {@value ArtifactFiles#ONNX}. See {@link NetworkGraph} for
 * its input and outputs. Who uses it outside this project brings the picture to the input and reads
 * the logits; the file's metadata says how:
 *
 * <ul>
 *   <li>{@code model}: name and version;
 *   <li>{@code transform}: what is done to a picture, as in {@code artifact.json};
 *   <li>{@code labels}: a JSON array in the order of the logits;
 *   <li>{@code temperature}: what logits are divided by before the softmax;
 *   <li>{@code notice}: research use.
 * </ul>
 */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * The artifact's own file, or one that is written now, as the first versions have none.
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
     * Writes one. Equal artifacts give equal bytes.
     *
     * @param network of that artifact, with its weights
     */
    public static byte[] of(Artifact artifact, Network network) {
        return NetworkGraph.of(network, notes(artifact));
    }

    /**
     * Writes one of 8 bits.
     *
     * @param network of that artifact, with its weights
     * @param ranges of its values, see {@link dev.medzoo.zoo.runtime.ActivationRanges}
     * @param factor that logits are multiplied by
     */
    public static byte[] ofEightBits(
            Artifact artifact, Network network, Map<String, ValueRange> ranges, double factor) {
        return NetworkGraph.ofEightBits(network, notes(artifact), ranges, factor);
    }

    /** What the file's metadata says, in this order. */
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
