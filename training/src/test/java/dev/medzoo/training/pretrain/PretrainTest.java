package dev.medzoo.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.training.data.DrawnPictureSet;
import dev.medzoo.training.data.PicturePool;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.recipe.PrecisionChoice;
import dev.medzoo.training.recipe.Recipe.Precision;
import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.ModelCard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs, small: 24 drawn pictures, views of 32 pixels, two epochs. */
@Tag("slow")
class PretrainTest {
    @TempDir Path folder = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPictureSet.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simclr", "vicreg"})
    void everyObjectiveLearns(String objective) throws Exception {
        Backbone backbone = pretrain(recipe(objective, 8, "bfloat16"), "out", false, List.of());

        List<Double> losses = backbone.losses();
        assertThat(losses).hasSize(8);
        assertThat(losses.get(7)).isLessThan(losses.get(0));
    }

    @Test
    void twoRunsGiveTheSameWeightsToTheLastBit() throws Exception {
        pretrain(recipe("simclr", 2, "float32"), "one", false, List.of());
        pretrain(recipe("simclr", 2, "float32"), "two", false, List.of());

        assertThat(weights("two")).isEqualTo(weights("one"));
    }

    @Test
    void aRunThatWasStoppedEndsWithTheSameWeights() throws Exception {
        Path recipe = recipe("simclr", 3, "float32");
        pretrain(recipe, "whole", false, List.of());

        assertThatThrownBy(() -> pretrainUntil(2, recipe, "stopped")).hasMessage("power cut");
        Backbone stopped = pretrain(recipe, "stopped", true, List.of());

        assertThat(weights("stopped")).isEqualTo(weights("whole"));
        ModelCard.Cost cost = Objects.requireNonNull(stopped.provenance().cost());
        int pictures = stopped.pool().stream().mapToInt(PicturePool.Source::pictures).sum();
        assertThat(cost.pictures()).isEqualTo(2L * 3 * pictures);
        assertThat(cost.coreHours()).isPositive();
        assertThat(cost.machine()).contains("cores");
    }

    @Test
    void saysAtOnceWhatItComputesInAndTheBackboneSaysWhatRan() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Path recipe = recipe("simclr", 1, "auto");
        Precision chosen = PrecisionChoice.on(Device.cpu()).precision();
        new Pretrain(recipe, folder, folder.resolve("out"), Device.cpu(), false, List.of())
                .run(
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        new GracefulStop("never"));

        String name = chosen.name().toLowerCase(Locale.ROOT);
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.startsWith("precision: " + name + ", as "))
                .anyMatch(line -> line.matches("epoch +1/1  step 1/\\d+  loss .* pictures/s"));
        assertThat(Backbone.read(folder.resolve("out")).recipe())
                .contains("precision: " + name)
                .doesNotContain("auto");
    }

    @Test
    void labelsAreNeverRead() throws Exception {
        pretrain(recipe("simclr", 1, "float32"), "labelled", false, List.of());
        Path manifest = data.resolve("manifest.csv");
        Files.writeString(
                manifest, Files.readString(manifest).replace(",dark,", ",?,").replace("light", ""));

        pretrain(recipe("simclr", 1, "float32"), "unlabelled", false, List.of());

        assertThat(weights("unlabelled")).isEqualTo(weights("labelled"));
    }

    @Test
    void probesItsFeaturesBesideRandomOnes() throws Exception {
        Backbone backbone =
                pretrain(recipe("simclr", 2, "float32"), "out", false, List.of("drawn_2class"));

        assertThat(backbone.probes())
                .extracting(Probe.Result::of)
                .containsExactly("random", "drawn-pool");
        assertThat(backbone.probes()).allSatisfy(of -> assertThat(of.linear()).isBetween(0.5, 1.0));
        assertThat(Backbone.read(folder.resolve("out"))).isEqualTo(backbone);
    }

    @Test
    void refusesWeightsThatAreNotTheDescribedOnes() throws Exception {
        Backbone backbone = pretrain(recipe("simclr", 1, "float32"), "out", false, List.of());
        Path params = folder.resolve("out/backbone.params");
        byte[] bytes = Files.readAllBytes(params);
        bytes[bytes.length / 2] ^= 1;
        Files.write(params, bytes);

        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            assertThatThrownBy(() -> backbone.network(folder.resolve("out"), manager))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageContaining("backbone.params: sha256 ");
        }
    }

    @Test
    void neverOverwritesABackbone() throws Exception {
        Path recipe = recipe("simclr", 1, "float32");
        pretrain(recipe, "out", false, List.of());

        assertThatThrownBy(() -> pretrain(recipe, "out", false, List.of()))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("out: already exists (expected: a new folder)");
    }

    @Test
    void saysWhatIsWrongWithARecipe() throws Exception {
        Path wrong = recipe("jigsaw", 1, "float32");

        assertThatThrownBy(() -> pretrain(wrong, "out", false, List.of()))
                .hasMessageContaining("objective: jigsaw (expected one of: simclr, vicreg)");
    }

    @ParameterizedTest
    @CsvSource({"'', SQUASH", "fit: cover, COVER"})
    void keepsProportionsWhereTheRecipeSaysSo(String entry, Transform.Fit fit) throws Exception {
        String text = Files.readString(recipe("simclr", 1, "float32")) + entry;

        PretrainRecipe recipe = Yaml.parse(text, "recipe", PretrainRecipe.class);

        assertThat(recipe.transform().fit()).isEqualTo(fit);
    }

    private Backbone pretrain(Path recipe, String out, boolean resume, List<String> probes)
            throws Exception {
        PrintStream quiet =
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return new Pretrain(recipe, folder, folder.resolve(out), Device.cpu(), resume, probes)
                .run(quiet, new GracefulStop("never"));
    }

    private void pretrainUntil(int epoch, Path recipe, String out) throws Exception {
        PrintStream cut =
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8) {
                    private int lines;

                    @Override
                    public PrintStream printf(Locale locale, String line, Object... of) {
                        if (++lines == epoch) {
                            throw new IllegalStateException("power cut");
                        }
                        return this;
                    }
                };
        new Pretrain(recipe, folder, folder.resolve(out), Device.cpu(), false, List.of())
                .run(cut, new GracefulStop("never"));
    }

    private byte[] weights(String out) throws Exception {
        return Files.readAllBytes(folder.resolve(out).resolve("backbone.params"));
    }

    private Path recipe(String objective, int epochs, String precision) throws Exception {
        return Files.writeString(
                folder.resolve(objective + ".yaml"),
                """
                name: drawn-pool
                version: 1.0.0
                pool: [{dataSet: drawn_2class, split: train}]
                inputSide: 32
                views: {smallestCrop: 0.5, stretch: 1.2, flips: true, quarterTurns: true, brightness: 0.1, contrast: 0.1, saturation: 0, tint: 0}
                objective: %s
                batchSize: 8
                epochs: %d
                optimiser: {peakLearningRate: 0.001, warmUp: 0.1, weightDecay: 0.01, averageDecay: 0}
                precision: %s
                seed: 5
                licence: CC0
                """
                        .formatted(objective, epochs, precision));
    }
}
