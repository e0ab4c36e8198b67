package dev.medzoo.zoo.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.NetworkGraph;
import dev.medzoo.zoo.store.Store;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
    private static final String STORE = "../model-store";

    static Set<String> models() throws Exception {
        return new MedZoo(Store.open(STORE)).index().artifacts().keySet();
    }

    /** ONNX Runtime gets a golden picture's tensor, and the file's own notes do the rest. */
    @ParameterizedTest
    @MethodSource("models")
    void theFileAloneGivesTheGoldenProbabilities(String name) throws Exception {
        ArtifactContent content =
                VerifiedStore.of(Store.open(STORE)).artifact(ModelReference.parse(name)).content();
        Golden golden = Golden.parse(content.file(ArtifactFiles.GOLDEN), name);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession graph = environment.createSession(OnnxExport.of(content))) {
            Map<String, String> notes = graph.getMetadata().getCustomMetadata();
            JsonNode labels = new ObjectMapper().readTree(notes.get("labels"));
            assertThat(labels).hasSize(golden.cases().get(0).probabilities().size());
            assertThat(notes.get("notice")).isEqualTo(Finding.NOTICE);
            Artifact artifact = content.artifact();
            assertThat(notes.get("model")).isEqualTo(name + "/" + artifact.version());
            double temperature = Double.parseDouble(notes.get("temperature"));
            for (Golden.Case each : golden.cases()) {
                String tensor = ArtifactFiles.GOLDEN_FOLDER + each.tensor();
                double[] logits = logits(graph, environment, content.file(tensor), content);
                double[] probabilities = Reading.softmax(logits, temperature);
                for (int i = 0; i < probabilities.length; i++) {
                    assertThat(probabilities[i])
                            .isCloseTo(each.probabilities().get(i), within(golden.tolerance()));
                }
            }
        }
    }

    private static double[] logits(
            OrtSession graph, OrtEnvironment environment, byte[] tensor, ArtifactContent content)
            throws OrtException {
        FloatBuffer numbers =
                ByteBuffer.wrap(tensor).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        InputSize input = content.artifact().network().input();
        long[] shape = {1, 3, input.height(), input.width()};
        try (OnnxTensor picture = OnnxTensor.createTensor(environment, numbers, shape);
                OrtSession.Result answer = graph.run(Map.of(NetworkGraph.PICTURES, picture))) {
            float[][] rows = (float[][]) answer.get(NetworkGraph.LOGITS).orElseThrow().getValue();
            double[] logits = new double[rows[0].length];
            Arrays.setAll(logits, i -> rows[0][i]);
            return logits;
        }
    }
}
