package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.Finding;
import dev.medzoo.zoo.dcnn.DcnnGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An artifact's network as an ONNX file, for a runtime outside DJL: see {@link DcnnGraph} for its
 * input and outputs. Who uses it brings the picture to the input and reads the logits; the file's
 * metadata says how:
 *
 * <ul>
 *   <li>{@code model} and {@code digest}: the artifact that it was made from;
 *   <li>{@code transform}: what is done to a picture, as in {@code artifact.json};
 *   <li>{@code labels}: a JSON array in the order of the logits;
 *   <li>{@code temperature}: what logits are divided by before the softmax;
 *   <li>{@code notice}: research use.
 * </ul>
 */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * Writes one. Equal artifacts give equal bytes.
     *
     * @throws MalformedModelException when the weights are not the network's
     */
    public static byte[] of(ArtifactContent content) throws MalformedModelException {
        Artifact artifact = content.artifact();
        JsonNode reading = reading(artifact);
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("model", artifact.name() + "/" + artifact.version());
        notes.put("digest", content.manifest().digest());
        for (String entry : new String[] {"transform", "labels", "temperature"}) {
            notes.put(entry, reading.get(entry).toString());
        }
        notes.put("notice", Finding.NOTICE);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return DcnnGraph.of(content.network(manager), notes);
        }
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
