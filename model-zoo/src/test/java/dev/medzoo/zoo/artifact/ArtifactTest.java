package dev.medzoo.zoo.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code artifact.json} of this format and of the first one. */
class ArtifactTest {
    static final FolderStore FORMAT_1 = new FolderStore(Path.of("src/test/resources/format-1"));

    private static final ModelReference OLD = ModelReference.parse("old");

    private static Artifact artifact(DcnnConfig network) {
        Version version = Version.parse("0.1.0");
        return new Artifact(Artifact.FORMAT, "tiny", version, network, TinyArtifact.READING, null);
    }

    private static String json() {
        return new String(artifact(TinyArtifact.network()).toBytes(), UTF_8);
    }

    @Test
    void readsWhatItWrites() throws Exception {
        Artifact artifact = Artifact.parse(json().getBytes(UTF_8), "tiny");
        assertThat(artifact.format()).isEqualTo(Artifact.FORMAT);
        assertThat(artifact.reading()).isEqualTo(TinyArtifact.READING);
    }

    @Test
    void anArtifactOfTheFirstFormatHasNoSetsNoDomainAndAnOldCard() throws Exception {
        ArtifactContent old = VerifiedStore.of(FORMAT_1).artifact(OLD).content();
        assertThat(old.artifact().format()).isEqualTo(1);
        Reading reading = old.artifact().reading();
        assertThat(reading.conformal()).isNull();
        assertThat(reading.domain()).isNull();
        assertThat(old.card().metrics())
                .singleElement()
                .extracting(ModelCard.SplitMetrics::reliability)
                .isNull();
        try (ZooModel<Image, Finding> model =
                        new MedZoo(FORMAT_1).load(OLD, Image.class, Finding.class);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            Finding finding = predictor.predict(TinyArtifact.picture().toImage());
            assertThat(finding.set()).isNull();
            assertThat(finding.outOfDistribution()).isNull();
            assertThat(finding.label()).isEqualTo("malignant");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "format" : 3       | "format" : 4        | format: 4 (expected: 1..3)
                    "format" : 3       | "format" : 0        | format: 0 (expected: 1..3)
                    "format" : 3       | "format" : 2        | format: 2 (expected: 3, as the domain has checks)
                    "format" : 3       | "format" : 1        | format: 1 (expected: 2, as the reading has a conformal set or a domain)
                    "coverage" : 0.8   | "coverage" : 1.0    | coverage: 1.0 (expected: above 0, below 1)
                    "threshold" : 0.25 | "threshold" : -1.0  | conformal threshold: -1.0 (expected: 0..1)
                    "variance" : 2.0   | "variance" : 0.0    | direction variance: 0.0 (expected: above 0, finite)
                    "threshold" : 1.5  | "threshold" : -1.5  | out-of-distribution threshold: -1.5 (expected: at least 0, finite)
                    """)
    void saysWhichValueIsWrong(String good, String bad, String message) {
        String json = json();
        assertThat(json).contains(good);
        String wrong = json.replace(good, bad);
        assertThatThrownBy(() -> Artifact.parse(wrong.getBytes(UTF_8), "tiny"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("artifact.json: " + message + " in tiny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pretrained-skin", "pretrained-breast", "dfu-double-transfer"})
    void writesAPublishedArtifactOfTheSecondFormatAsItWas(String name) throws Exception {
        byte[] json =
                Files.readAllBytes(Path.of("..", "model-store", name, "1.0.0", "artifact.json"));
        Artifact artifact = Artifact.parse(json, name);
        assertThat(artifact.format()).isEqualTo(2);
        assertThat(artifact.toBytes()).isEqualTo(json);
    }

    @Test
    void refusesADomainOfAnotherNetwork() {
        DcnnConfig wider = new DcnnConfig(InputSize.square(8), 2, List.of(3), List.of(), 2, 0, 2);
        assertThatThrownBy(() -> artifact(wider))
                .hasMessage("domain mean: 4 numbers (expected: one a channel of the network, 12)");
    }
}
