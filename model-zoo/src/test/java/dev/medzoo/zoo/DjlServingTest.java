package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.Artifact;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.zoo.store.Store;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calls that DJL Serving 0.36 makes to load a model and to answer a batch, in its order: find
 * the folder of a URL, read its {@code serving.properties}, ask for a model with all of them.
 */
class DjlServingTest {
    private Path root;

    @BeforeEach
    void publish(@TempDir Path folder) throws Exception {
        root = folder;
        TinyArtifact.store(root, "tiny/0.1.0");
        System.setProperty(Store.PROPERTY, root.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(Store.PROPERTY);
    }

    private ZooModel<Input, Output> load(String url) throws Exception {
        Criteria.Builder<Input, Output> criteria =
                Criteria.builder().setTypes(Input.class, Output.class).optModelUrls(url);
        Map<String, Object> arguments = new HashMap<>();
        Map<String, String> options = new HashMap<>();
        Properties properties = servingProperties(url);
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("option.")) {
                options.put(key.substring("option.".length()), properties.getProperty(key));
            } else {
                arguments.put(key, properties.getProperty(key));
            }
        }
        return criteria.optEngine(properties.getProperty("engine"))
                .optArguments(arguments)
                .optOptions(options)
                .optArgument("batchifier", "stack")
                .build()
                .loadModel();
    }

    private static Properties servingProperties(String url) throws Exception {
        Repository repository = Repository.newInstance("modelStore", url);
        Artifact artifact = repository.getResources().get(0).getDefaultArtifact();
        repository.prepare(artifact);
        Path folder = repository.getResourceDirectory(artifact);
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("serving.properties"))) {
            properties.load(in);
        }
        return properties;
    }

    private Input request(String file) throws Exception {
        Input input = new Input();
        input.addProperty("Content-Type", "application/octet-stream");
        input.add("data", Files.readAllBytes(root.resolve("tiny/0.1.0").resolve(file)));
        return input;
    }

    private String folderUrl() throws Exception {
        return root.resolve("tiny/0.1.0").toUri().toURL().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"medzoo://tiny", "medzoo://tiny/0.1.0", ""})
    void answersItsBatches(String url) throws Exception {
        try (ZooModel<Input, Output> model = load(url.isEmpty() ? folderUrl() : url);
                Predictor<Input, Output> predictor = model.newPredictor()) {
            List<Output> outputs =
                    predictor.batchPredict(
                            List.of(request("golden/disc.png"), request("card.json")));
            assertThat(outputs).extracting(Output::getCode).containsExactly(200, 400);
            assertThat(outputs.get(0).getData().getAsString()).contains("benign", "malignant");
            assertThat(outputs.get(0).getProperty("x-medzoo-model", "")).isEqualTo("tiny/0.1.0");
        }
    }

    /** A folder's serving.properties is obeyed before anything is verified; a store's is not. */
    @Test
    void aStoreRefusesAForeignClassBeforeItIsMade() throws Exception {
        Path properties = root.resolve("tiny/0.1.0/serving.properties");
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replace("dev.medzoo.zoo.DcnnBlockFactory", "no.such.BlockFactory"));
        assertThatThrownBy(() -> load("medzoo://tiny"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("serving.properties: ");
        assertThatThrownBy(() -> load(folderUrl()))
                .hasMessage("Failed to load BlockFactory: no.such.BlockFactory");
    }
}
