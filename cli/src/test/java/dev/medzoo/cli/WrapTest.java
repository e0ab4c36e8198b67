package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.Server;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.onnx.OnnxGraph;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network from elsewhere, from its ONNX file to a finding, by commands alone. */
@Tag("slow")
class WrapTest {
    private static final String CARD =
            """
            name: wrapped-light
            version: 0.1.0
            origin: Written down by hand, and trained on nothing.
            card:
              summary: Light or dark, by a graph.
              intendedUse: Tests of graphs.
              outOfScope: [All else.]
              dataLicence: CC0
              commercialUse: true
              citation: None.
              subgroups: Drawn by code.
              limits: [Small.]
            """;

    @TempDir Path folder = Path.of("");

    private Path data = Path.of("");

    @BeforeEach
    void write() throws Exception {
        data = DrawnPictureSet.in(folder);
        Files.write(folder.resolve("light.onnx"), light());
        Files.writeString(folder.resolve("labels.txt"), "dark\nlight\n");
        Files.writeString(folder.resolve("card.yaml"), CARD);
    }

    /** The mean of each channel; where they are high a picture is light. */
    private static byte[] light() {
        OnnxGraph graph = new OnnxGraph("light");
        String means = graph.pool(graph.input("seen", 3, 40, 40));
        float[] weights = {-2, -2, -2, 2, 2, 2};
        graph.output("said", graph.linear(means, weights, new float[2]), 2);
        graph.output("means", means, 3);
        return graph.toBytes();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private CommandRun wrap(String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "wrap",
                                path("light.onnx"),
                                "--labels",
                                path("labels.txt"),
                                "--card",
                                path("card.yaml"),
                                "--out",
                                path("candidate")));
        command.addAll(List.of(more));
        return CommandRun.of(command.toArray(String[]::new));
    }

    private CommandRun wrapWell() {
        return wrap(
                "--mean",
                ".5,.5,.5",
                "--deviation",
                ".25,.25,.25",
                "--output",
                "said",
                "--features",
                "means");
    }

    private CommandRun evaluate(String split) {
        return CommandRun.of(
                "evaluate", path("candidate"), "--data", data.toString(), "--split", split);
    }

    private CommandRun publish() {
        CommandRun.of("keys", "new", path("key.pem"));
        return CommandRun.of(
                "publish",
                path("candidate"),
                "--data",
                data.toString(),
                "--store",
                path("store"),
                "--key",
                path("key.pem"));
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    }

    @Test
    void itIsWrappedScoredPublishedLoadedAndServed() throws Exception {
        CommandRun wrap = wrapWell();
        assertDone(wrap);
        assertThat(wrap.outLines())
                .containsExactly(
                        "input: seen, NCHW, 40x40",
                        "output: said, 2 logits",
                        "features: 3 of means",
                        "candidate: " + path("candidate"));
        assertThat(folder.resolve("candidate/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("light.onnx"));
        assertDone(evaluate("val"));
        CommandRun test = evaluate("test");
        assertDone(test);
        assertThat(test.out()).containsPattern("balanced accuracy +1\\.000");
        JsonNode reading = json("candidate/artifact.json").path("reading");
        assertThat(reading.path("conformal").path("coverage").asDouble()).isEqualTo(0.9);
        assertThat(reading.path("domain").path("mean")).hasSize(3);
        CommandRun publish = publish();
        assertDone(publish);
        assertThat(publish.out()).contains("8 numbers, finite, data alone");

        for (String runtime : List.of("onnx", "auto")) {
            CommandRun predict = predict(runtime);
            assertDone(predict);
            assertThat(predict.outLines().get(1)).startsWith(picture(0) + "  dark ");
            assertThat(predict.outLines().get(2)).startsWith(picture(1) + "  light ");
        }
        CommandRun pyTorch = predict("pytorch");
        assertThat(pyTorch.exitCode()).isOne();
        assertThat(pyTorch.err())
                .contains(
                        "runtime: pytorch of wrapped-light/0.1.0 (expected: one whose file it has:"
                                + " onnx)");

        assertThat(loaded().label()).isEqualTo("light");
        assertThat(runtimeOfArrays()).isEqualTo("onnx");
        HttpResponse<String> served = served();
        assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
        assertThat(served.headers().firstValue("x-medzoo-runtime")).contains("onnx");
        assertThat(served.body()).contains("\"light\"");
    }

    private String picture(int number) {
        return data.resolve("test").resolve(number + ".png").toString();
    }

    private CommandRun predict(String runtime) {
        return CommandRun.of(
                "predict",
                "wrapped-light/0.1.0",
                "--store",
                path("store"),
                "--runtime",
                runtime,
                picture(0),
                picture(1));
    }

    private Finding loaded() throws Exception {
        System.setProperty(Store.PROPERTY, path("store"));
        try (ZooModel<Path, Finding> model =
                        Criteria.builder()
                                .setTypes(Path.class, Finding.class)
                                .optModelUrls("medzoo://wrapped-light/0.1.0")
                                .build()
                                .loadModel();
                Predictor<Path, Finding> predictor = model.newPredictor()) {
            return predictor.predict(Path.of(picture(1)));
        } finally {
            System.clearProperty(Store.PROPERTY);
        }
    }

    /** A program with a translator of its own gets the only form that there is. */
    private String runtimeOfArrays() throws Exception {
        System.setProperty(Store.PROPERTY, path("store"));
        try (ZooModel<NDList, NDList> model =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optGroupId("dev.medzoo")
                        .optArtifactId("wrapped-light")
                        .optFilter("version", "0.1.0")
                        .build()
                        .loadModel()) {
            return model.getProperty("medzoo.runtime");
        } finally {
            System.clearProperty(Store.PROPERTY);
        }
    }

    private HttpResponse<String> served() throws Exception {
        Map<String, String> settings =
                Map.of(
                        "port", "0",
                        "model_store", path("store"),
                        "load_models", "wrapped-light/0.1.0",
                        "workers", "1");
        try (Server server = Server.start(ServerSettings.read(null, Map.of(), settings))) {
            URI uri =
                    URI.create(
                            "http://localhost:%d/predictions/wrapped-light"
                                    .formatted(server.address().getPort()));
            HttpRequest request =
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "image/png")
                            .POST(BodyPublishers.ofFile(Path.of(picture(1))))
                            .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        }
    }

    private JsonNode json(String file) throws Exception {
        return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(file)));
    }

    @Test
    void withoutFeaturesItHasNoSenseForForeignPictures() throws Exception {
        assertDone(wrap("--mean", "0,0,0", "--deviation", "1,1,1", "--output", "said"));
        assertDone(evaluate("val"));

        JsonNode reading = json("candidate/artifact.json").path("reading");
        assertThat(reading.path("domain").isNull()).isTrue();
        assertThat(json("candidate/card.json").path("data").get(0).path("role").asText())
                .isEqualTo("calibrated on val, scored on test");
    }

    @Test
    void whatIsMissingOrDoesNotFitIsToldByName() throws Exception {
        assertThat(wrap().err()).contains("transform: not given (expected: --transform FILE, or");
        String[] well = {"--mean", "0,0,0", "--deviation", "1,1,1"};
        assertThat(wrap(well).err())
                .contains("outputs: [said, means] (expected: one, or --output NAME)");
        assertThat(wrap("--mean", "0,0,0", "--deviation", "1,1,1", "--output", "none").err())
                .contains("--output: none (expected: one of [said, means])");
        assertThat(wrap("--mean", "0,0,0", "--deviation", "1,1,1", "--output", "means").err())
                .contains("labels: 2 (expected: 3, as output means has)");
        Files.writeString(folder.resolve("light.onnx"), "no graph");
        assertThat(wrap(well).err()).contains("light.onnx: file: ").contains("(expected: ");
        assertThat(folder.resolve("candidate")).doesNotExist();
    }

    /** Whoever changes the graph after it was wrapped is told at the gate what is wrong with it. */
    @Test
    void theGateLooksAtTheGraphToo() throws Exception {
        assertDone(wrapWell());
        assertDone(evaluate("val"));
        assertDone(evaluate("test"));
        OnnxGraph other = new OnnxGraph("other");
        String seen = other.input("seen", 3, 40, 40);
        other.output("said", other.pool(other.concat(List.of(seen, seen), 1)), 6);
        other.output("means", other.pool(seen), 3);
        Files.write(folder.resolve("candidate/model.onnx"), other.toBytes());

        CommandRun publish = publish();

        assertThat(publish.exitCode()).isOne();
        assertThat(publish.out() + publish.err())
                .contains("output said: shape [1, 6] (expected: [1, 2])");
        assertThat(folder.resolve("store/wrapped-light")).doesNotExist();
    }
}
