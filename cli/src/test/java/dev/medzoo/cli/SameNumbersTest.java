package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.Server;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.store.Store;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One picture is one finding by one runtime, whichever way it is asked for. */
@Tag("slow")
class SameNumbersTest {
    @RegisterExtension static final TrainedModel MODEL = new TrainedModel();

    @TempDir Path folder = Path.of("");
    private @Nullable String storeBefore;

    @BeforeEach
    void setStore() {
        storeBefore = System.getProperty(Store.PROPERTY);
        System.setProperty(Store.PROPERTY, MODEL.work().store().toString());
    }

    @AfterEach
    void restoreStore() {
        if (storeBefore == null) {
            System.clearProperty(Store.PROPERTY);
        } else {
            System.setProperty(Store.PROPERTY, storeBefore);
        }
    }

    @Test
    void commandCriteriaAndServerAgreeToTheLastBit() throws Exception {
        List<Path> pictures = pictures();

        List<Map<String, Double>> byCommand = byCommand(pictures);

        assertThat(byCommand).hasSize(pictures.size()).doesNotHaveDuplicates();
        assertThat(byCriteria(pictures)).isEqualTo(byCommand);
        assertThat(byServer(pictures)).isEqualTo(byCommand);
    }

    private List<Path> pictures() throws Exception {
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pictures.add(MODEL.work().picture(i));
        }
        pictures.add(drawn("jpg", 61, 47));
        pictures.add(drawn("bmp", 32, 32));
        pictures.add(drawn("gif", 100, 33));
        return pictures;
    }

    private Path drawn(String format, int width, int height) throws Exception {
        byte[] bytes = DrawnPictureSet.picture(format, width, height, 125, width);
        return Files.write(folder.resolve("drawn." + format), bytes);
    }

    private static List<Map<String, Double>> byCommand(List<Path> pictures) throws Exception {
        List<String> args =
                new ArrayList<>(List.of("predict", "drawn-light", "--json", "--runtime", "onnx"));
        args.addAll(List.of("--store", MODEL.work().store().toString()));
        pictures.forEach(picture -> args.add(picture.toString()));
        CommandRun predict = CommandRun.of(args.toArray(String[]::new));
        assertThat(predict.exitCode()).as(predict.err()).isZero();
        List<Map<String, Double>> all = new ArrayList<>();
        predict.json().forEach(each -> all.add(probabilities(each)));
        return all;
    }

    private static List<Map<String, Double>> byCriteria(List<Path> pictures) throws Exception {
        Criteria<Path, Finding> criteria =
                Criteria.builder()
                        .setTypes(Path.class, Finding.class)
                        .optGroupId("dev.medzoo")
                        .optArtifactId("drawn-light")
                        .optOption("runtime", "onnx")
                        .build();
        List<Map<String, Double>> all = new ArrayList<>();
        try (ZooModel<Path, Finding> model = criteria.loadModel();
                Predictor<Path, Finding> predictor = model.newPredictor()) {
            for (Path picture : pictures) {
                Map<String, Double> probabilities = new TreeMap<>();
                predictor
                        .predict(picture)
                        .probabilities()
                        .forEach(each -> probabilities.put(each.label(), each.probability()));
                all.add(probabilities);
            }
        }
        return all;
    }

    private static List<Map<String, Double>> byServer(List<Path> pictures) throws Exception {
        Map<String, String> options =
                Map.of(
                        "port",
                        "0",
                        "workers",
                        "2",
                        "runtime",
                        "onnx",
                        "store",
                        MODEL.work().store().toString());
        List<Map<String, Double>> all = new ArrayList<>();
        try (Server server = Server.start(ServerSettings.read(null, Map.of(), options))) {
            URI address =
                    URI.create(
                            "http://127.0.0.1:%d/predictions/drawn-light"
                                    .formatted(server.address().getPort()));
            for (Path picture : pictures) {
                HttpRequest request =
                        HttpRequest.newBuilder(address)
                                .header("Accept", Finding.MEDIA_TYPE)
                                .POST(BodyPublishers.ofFile(picture))
                                .build();
                HttpResponse<String> response =
                        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                all.add(probabilities(new ObjectMapper().readTree(response.body())));
            }
        }
        return all;
    }

    private static Map<String, Double> probabilities(JsonNode finding) {
        Map<String, Double> all = new TreeMap<>();
        finding.path("probabilities")
                .properties()
                .forEach(each -> all.put(each.getKey(), each.getValue().doubleValue()));
        return all;
    }
}
