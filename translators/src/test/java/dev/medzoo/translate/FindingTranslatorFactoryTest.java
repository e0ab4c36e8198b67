package dev.medzoo.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import dev.medzoo.translate.decode.Drawn;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.PictureStatistics;
import dev.medzoo.translate.transform.NetworkInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each supported pair on a real engine; the network is the mean of each channel. */
class FindingTranslatorFactoryTest {
    private static final String ARTIFACT =
            """
            {"format": 1, "name": "colours", "version": "1.2.3", "network": {"any": "thing"},
             "reading": {"transform": {"fit": "SQUASH", "resize": {"width": 8, "height": 8},
               "crop": {"width": 8, "height": 8}, "interpolation": "BILINEAR",
               "mean": [0.5, 0.5, 0.5], "deviation": [0.5, 0.5, 0.5]},
              "labels": ["red", "green", "blue"], "temperature": 0.5, "abstainBelow": 0.4},
             "parent": null}
            """;

    private final FindingTranslatorFactory factory = new FindingTranslatorFactory();
    private final RgbPicture picture = Drawn.blot(24, 20);
    private final byte[] png = Drawn.png(picture);

    @SuppressWarnings("NullAway.Init") // set before each test
    private Model model;

    @BeforeEach
    void loadAModel() {
        model = Model.newInstance("colours", "PyTorch");
        model.setProperty(FindingTranslatorFactory.ARTIFACT_PROPERTY, ARTIFACT);
        model.setProperty(FindingTranslatorFactory.DIGEST_PROPERTY, "ab12");
        model.setBlock(
                new LambdaBlock(
                        inputs -> {
                            NDArray logits = logits(inputs);
                            return new NDList(logits, inputs.get(0), inputs.get(0));
                        }));
    }

    @AfterEach
    void closeTheModel() {
        model.close();
    }

    @Test
    void findsTheSameFromEverySource(@TempDir Path folder) throws IOException, TranslateException {
        Finding finding = predict(Image.class, Finding.class, picture.toImage());
        assertThat(finding.model()).isEqualTo(new ModelIdentity("colours", "1.2.3", "ab12"));
        assertThat(finding.label()).isEqualTo("red");
        Path file = Files.write(folder.resolve("blot.png"), png);
        assertThat(predict(Path.class, Finding.class, file)).isEqualTo(finding);
        assertThat(predict(URL.class, Finding.class, file.toUri().toURL())).isEqualTo(finding);
        assertThat(predict(InputStream.class, Finding.class, new ByteArrayInputStream(png)))
                .isEqualTo(finding);
        assertThat(predict(byte[].class, Finding.class, png)).isEqualTo(finding);
        Preparation preparation = Preparation.of(model, new PictureDecoder());
        NetworkInput prepared = preparation.picture(png);
        assertThat(predict(NetworkInput.class, Finding.class, prepared)).isEqualTo(finding);
        float[] values = prepared.values().clone();
        assertThat(predict(NetworkInput.class, Finding.class, preparation.tensor(values)))
                .isEqualTo(finding);
    }

    @Test
    void refusesATensorThatIsNoInputOfTheNetwork() throws TranslateException {
        Preparation preparation = Preparation.of(model, new PictureDecoder());
        float[] values = preparation.picture(png).values().clone();
        assertThatThrownBy(() -> preparation.tensor(new float[values.length + 1]))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("input: " + (values.length + 1) + " numbers (expected: 3x");
        values[5] = Float.NaN;
        assertThatThrownBy(() -> preparation.tensor(values))
                .isInstanceOf(TranslateException.class)
                .hasMessage("input: NaN at 5 (expected: a finite number)");
    }

    @Test
    void judgesThePictureByTheSecondOutput() throws TranslateException {
        setDomain();
        setFeatures();
        Finding finding = predict(Image.class, Finding.class, picture.toImage());
        assertThat(Objects.requireNonNull(finding.outOfDistribution()).beyond()).isTrue();
        assertThat(finding.set()).isEqualTo(new ConformalSet(0.8, List.of("red")));
        Output output = predict(Input.class, Output.class, request(Finding.MEDIA_TYPE));
        assertThat(output.getData().getAsString())
                .isEqualTo(finding.toJson())
                .contains("\"beyond\":true");
    }

    @Test
    void judgesNothingWhenTheNetworkGivesLogitsAlone() throws TranslateException {
        setDomain();
        model.setBlock(new LambdaBlock(inputs -> new NDList(logits(inputs))));
        Finding finding = predict(Image.class, Finding.class, picture.toImage());
        assertThat(finding.outOfDistribution()).isNull();
        assertThat(finding.set()).isNotNull();
    }

    @Test
    void judgesEachPictureOfABatchByWhatItLooksLike(@TempDir Path folder)
            throws IOException, TranslateException {
        setDomainWithChecks();
        setFeatures();
        byte[] plane = Drawn.png(Drawn.plane(24, 20));
        double scoreOfPlane = score(predict(byte[].class, Finding.class, plane));
        double scoreOfBlot = score(predict(byte[].class, Finding.class, png));
        assertThat(scoreOfPlane).isGreaterThan(1);
        assertThat(scoreOfBlot).isLessThan(1);

        Path file = Files.write(folder.resolve("plane.png"), plane);
        assertThat(score(predict(Path.class, Finding.class, file))).isEqualTo(scoreOfPlane);
        NetworkInput prepared = Preparation.of(model, new PictureDecoder()).picture(plane);
        assertThat(score(predict(NetworkInput.class, Finding.class, prepared)))
                .isEqualTo(scoreOfPlane);
        Translator<byte[], Finding> translator =
                factory.newInstance(byte[].class, Finding.class, model, Map.of());
        try (Predictor<byte[], Finding> predictor = model.newPredictor(translator)) {
            assertThat(predictor.batchPredict(List.of(png, plane, plane, png)))
                    .extracting(FindingTranslatorFactoryTest::score)
                    .containsExactly(scoreOfBlot, scoreOfPlane, scoreOfPlane, scoreOfBlot);
            assertThat(predictor.batchPredict(List.of(plane, png)))
                    .extracting(FindingTranslatorFactoryTest::score)
                    .containsExactly(scoreOfPlane, scoreOfBlot);
        }
    }

    @Test
    void judgesThePicturesBesideABadOneByWhatTheyLookLike() throws TranslateException {
        setDomainWithChecks();
        setFeatures();
        byte[] plane = Drawn.png(Drawn.plane(24, 20));
        List<Output> outputs =
                batch(
                        request(Finding.MEDIA_TYPE, plane),
                        request(Finding.MEDIA_TYPE, new byte[9]),
                        request(Finding.MEDIA_TYPE, png),
                        request(Finding.MEDIA_TYPE, plane));
        assertThat(outputs.get(0).getData().getAsString()).contains("\"beyond\":true");
        assertThat(outputs.get(1).getCode()).isEqualTo(400);
        assertThat(outputs.get(2).getData().getAsString()).contains("\"beyond\":false");
        assertThat(outputs.get(3).getData().getAsString()).contains("\"beyond\":true");
    }

    private static double score(Finding finding) {
        return Objects.requireNonNull(finding.outOfDistribution()).score();
    }

    /** Only a flat picture is foreign. */
    private void setDomainWithChecks() {
        String zeros = Collections.nCopies(PictureStatistics.COUNT, 0).toString();
        setDomain(
                ("\"threshold\": 1e6, \"checks\": {\"leastContrast\": 0.05,"
                                + " \"statistics\": {\"mean\": %s, \"directions\": [],"
                                + " \"residualVariance\": 1}, \"statisticsThreshold\": 1e6,"
                                + " \"boundary\": {\"features\": [0, 0, 0],"
                                + " \"statistics\": %s, \"offset\": -9}}}")
                        .formatted(zeros, zeros));
    }

    private void setDomain() {
        setDomain("\"threshold\": 0.01}");
    }

    private void setDomain(String end) {
        model.setProperty(
                FindingTranslatorFactory.ARTIFACT_PROPERTY,
                ARTIFACT.replace(
                        "\"abstainBelow\": 0.4",
                        "\"abstainBelow\": 0.4, \"conformal\": {\"coverage\": 0.8,"
                                + " \"threshold\": 0.5}, \"domain\": {\"mean\": [0, 0, 0],"
                                + " \"directions\": [], \"residualVariance\": 0.0001,"
                                + " "
                                + end));
    }

    private void setFeatures() {
        model.setBlock(
                new LambdaBlock(
                        inputs -> {
                            NDArray logits = logits(inputs);
                            return new NDList(logits, logits.mul(2), inputs.get(0));
                        }));
    }

    private static NDArray logits(NDList inputs) {
        return inputs.singletonOrThrow().mean(new int[] {3}).mean(new int[] {2});
    }

    @Test
    void classifiesTheSameFromEverySource(@TempDir Path folder)
            throws IOException, TranslateException {
        Finding finding = predict(Image.class, Finding.class, picture.toImage());
        Path file = Files.write(folder.resolve("blot.png"), png);
        for (Classifications classes :
                List.of(
                        predict(Image.class, Classifications.class, picture.toImage()),
                        predict(Path.class, Classifications.class, file),
                        predict(URL.class, Classifications.class, file.toUri().toURL()),
                        predict(
                                InputStream.class,
                                Classifications.class,
                                new ByteArrayInputStream(png)),
                        predict(byte[].class, Classifications.class, png))) {
            assertThat(classes.getClassNames()).containsExactly("red", "green", "blue");
            assertThat(classes.best().getProbability()).isEqualTo(finding.probability());
        }
    }

    @Test
    void answersDjlServingWithAListOfClasses() throws TranslateException {
        Finding finding = predict(Image.class, Finding.class, picture.toImage());
        Output output = predict(Input.class, Output.class, request(null));
        assertThat(output.getData().getAsString())
                .startsWith("[{\"className\":\"red\",\"probability\":" + finding.probability())
                .endsWith("}]");
        assertThat(output.getProperties())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("x-medzoo-notice", Finding.NOTICE)
                .containsEntry("x-medzoo-model", "colours/1.2.3")
                .containsEntry("x-medzoo-digest", "ab12");
    }

    @Test
    void answersEachRequestOfABatchAsItAsked() throws TranslateException {
        Finding finding = predict(Image.class, Finding.class, picture.toImage());
        List<Output> outputs =
                batch(
                        request(null),
                        request("text/html, " + Finding.MEDIA_TYPE),
                        request("application/json"));
        assertThat(outputs.get(0).getData().getAsString()).startsWith("[");
        assertThat(outputs.get(1).getData().getAsString()).isEqualTo(finding.toJson());
        assertThat(outputs.get(1).getProperty("Content-Type", "")).isEqualTo(Finding.MEDIA_TYPE);
        assertThat(outputs.get(2).getData().getAsString()).startsWith("[");
    }

    @Test
    void refusesOnlyTheBadPicturesOfABatch() throws TranslateException {
        Input text = new Input();
        text.add("data", "hello");
        Input wholeFinding = request(Finding.MEDIA_TYPE);
        List<Output> outputs = batch(text, request(null), new Input(), wholeFinding, text);
        assertThat(outputs).extracting(Output::getCode).containsExactly(400, 200, 400, 200, 400);
        assertThat(outputs.get(1).getData().getAsString())
                .isEqualTo(
                        predict(Input.class, Output.class, request(null)).getData().getAsString());
        assertThat(outputs.get(3).getData().getAsString())
                .isEqualTo(predict(Image.class, Finding.class, picture.toImage()).toJson());
        assertThat(outputs.get(2).getMessage()).isEqualTo("Bad Request");
        assertThat(outputs.get(2).getProperty("Content-Type", "")).isEqualTo("application/json");
        assertThat(outputs.get(2).getData().getAsString())
                .isEqualTo(
                        "{\"code\":400,\"type\":\"TranslateException\",\"message\":\"picture: no"
                                + " data (expected: the bytes of the picture)\"}");
    }

    @Test
    void runsNoNetworkForABatchOfBadPictures() throws TranslateException {
        Input text = new Input();
        text.add("data", "hello");
        model.setBlock(
                new LambdaBlock(
                        inputs -> {
                            throw new AssertionError("the network ran");
                        }));
        assertThat(batch(text, new Input()))
                .extracting(output -> output.getData().getAsString())
                .satisfiesExactly(
                        first -> assertThat(first).contains("bytes that start with 68 65 6c"),
                        second -> assertThat(second).contains("picture: no data"));
    }

    private List<Output> batch(Input... inputs) throws TranslateException {
        try (Predictor<Input, Output> predictor =
                model.newPredictor(
                        factory.newInstance(Input.class, Output.class, model, Map.of()))) {
            return predictor.batchPredict(List.of(inputs));
        }
    }

    @Test
    void neverFetchesAnAddress() {
        Input input = new Input();
        input.addProperty("Content-Type", "application/json; charset=utf-8");
        input.add("data", "{\"image_url\": \"http://127.0.0.1/picture.png\"}");
        assertThatThrownBy(() -> predict(Input.class, Output.class, input))
                .isInstanceOf(TranslateException.class)
                .hasMessage(
                        "picture: JSON (expected: the bytes of the picture; image_url is refused,"
                                + " as URLs are never fetched)");
    }

    @Test
    void refusesARequestWithoutAPicture() {
        assertThatThrownBy(() -> predict(Input.class, Output.class, new Input()))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: no data (expected: the bytes of the picture)");
        Input text = new Input();
        text.add("data", "hello");
        assertThatThrownBy(() -> predict(Input.class, Output.class, text))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: bytes that start with 68 65 6c 6c 6f (expected:");
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> predict(Path.class, Finding.class, folder.resolve("missing.png")))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: ")
                .hasMessageContaining("missing.png cannot be read (");
    }

    @Test
    void refusesAStreamWithoutEnd() {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        return length;
                    }
                };
        assertThatThrownBy(() -> predict(InputStream.class, Finding.class, endless))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: too many bytes (expected: at most 67108864)");
    }

    @Test
    void saysWhenAModelIsNoArtifact() {
        try (Model plain = Model.newInstance("plain", "PyTorch")) {
            assertThatThrownBy(
                            () -> factory.newInstance(Image.class, Finding.class, plain, Map.of()))
                    .isInstanceOf(TranslateException.class)
                    .hasMessage(
                            "model property medzoo.artifact: missing in plain (expected: a model"
                                    + " loaded as a medzoo artifact)");
        }
    }

    @Test
    void saysWhatIsWrongWithAnArtifact() {
        for (String artifact :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"name\": \"a\", \"name\": \"b\"}",
                        ARTIFACT.replace("\"1.2.3\"", "\"\""),
                        ARTIFACT.replace("reading", "writing"),
                        ARTIFACT.replace("0.5, \"abstainBelow\"", "0, \"abstainBelow\""),
                        ARTIFACT.replace("\"blue\"", "\"red\""),
                        ARTIFACT.replace("0.4}", "0.4, \"conformal\": {\"coverage\": 0.9}}"))) {
            model.setProperty(FindingTranslatorFactory.ARTIFACT_PROPERTY, artifact);
            assertThatThrownBy(
                            () -> factory.newInstance(Image.class, Finding.class, model, Map.of()))
                    .isInstanceOf(TranslateException.class)
                    .hasMessageStartingWith("artifact.json: unusable in colours (");
        }
    }

    @Test
    void refusesAPairThatItDoesNotKnow() {
        String message = "types: String to Finding (expected: Image, Path, URL, ";
        assertThatThrownBy(() -> factory.isSupported(String.class, Finding.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
        assertThatThrownBy(() -> factory.newInstance(String.class, Finding.class, model, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
        assertThat(factory.isSupported(NDList.class, NDList.class)).isFalse();
    }

    /** The check and the list say the same. */
    @Test
    void supportsWhatItLists() {
        assertThat(factory.getSupportedTypes()).hasSize(13);
        factory.getSupportedTypes()
                .forEach(
                        pair ->
                                assertThat(
                                                factory.isSupported(
                                                        (Class<?>) pair.getKey(),
                                                        (Class<?>) pair.getValue()))
                                        .isTrue());
    }

    private <I, O> O predict(Class<I> input, Class<O> output, I value) throws TranslateException {
        Translator<I, O> translator = factory.newInstance(input, output, model, Map.of());
        try (Predictor<I, O> predictor = model.newPredictor(translator)) {
            return predictor.predict(value);
        }
    }

    private Input request(@Nullable String accept) {
        return request(accept, png);
    }

    private static Input request(@Nullable String accept, byte[] file) {
        Input input = new Input();
        if (accept != null) {
            input.addProperty("Accept", accept);
        }
        input.add("data", file);
        return input;
    }
}
