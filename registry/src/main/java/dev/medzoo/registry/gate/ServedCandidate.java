package dev.medzoo.registry.gate;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.Utils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.load.PreparedContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A candidate loaded as DJL Serving loads it: a folder whose {@code serving.properties} says
 * everything, asked with the bytes of a picture, answering in JSON.
 */
final class ServedCandidate implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final ZooModel<Input, Output> model;
    private final Predictor<Input, Output> predictor;

    private ServedCandidate(Path folder, ZooModel<Input, Output> model) {
        this.folder = folder;
        this.model = model;
        predictor = model.newPredictor();
    }

    static ServedCandidate of(ArtifactContent content) throws IOException, ModelException {
        Path folder = Files.createTempDirectory("medzoo-gate");
        try {
            Path artifact = folder.resolve("served/" + content.artifact().name());
            content.writeTo(artifact);
            Criteria<Input, Output> criteria =
                    Criteria.builder()
                            .setTypes(Input.class, Output.class)
                            .optModelPath(artifact)
                            .optArgument(PreparedContent.ARGUMENT, PreparedContent.of(content))
                            .optArgument(
                                    FindingTranslatorFactory.DIGEST_PROPERTY,
                                    content.manifest().digest())
                            .build();
            return new ServedCandidate(folder, criteria.loadModel());
        } catch (IOException | ModelException | RuntimeException e) {
            Utils.deleteQuietly(folder);
            throw e;
        }
    }

    /**
     * One request.
     *
     * @param picture bytes of its file
     * @return probability by label
     */
    Map<String, Double> predict(byte[] picture) throws IOException, TranslateException {
        Input input = new Input();
        input.add("data", picture);
        JsonNode answer = MAPPER.readTree(predictor.predict(input).getData().getAsBytes());
        Map<String, Double> probabilities = new HashMap<>();
        for (JsonNode one : answer) {
            probabilities.put(one.path("className").asText(), one.path("probability").asDouble());
        }
        return probabilities;
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
        Utils.deleteQuietly(folder);
    }
}
