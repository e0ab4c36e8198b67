package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.medzoo.training.data.DrawnPictureSet;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study with leaky splits, with two labels, and from a published model, in two parts. */
@Tag("slow")
class StudyLeakTest {
    private static final List<String> LINES = new ArrayList<>();
    @TempDir static Path folder = Path.of("");

    @BeforeAll
    static void trainBothParts() throws Exception {
        Path manifest = DrawnPictureSet.in(folder.resolve("data")).resolve("manifest.csv");
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceAll("(,dark,.*),\"a, note\"", "$1,copies=2"));
        Files.writeString(folder.resolve("plan.yaml"), PLAN);
        assertThat(study().run(null, StudyShard.of("1/2"), 100)).isZero();
        LINES.add("the other part");
        assertThat(study().run(null, StudyShard.of("2/2"), 100)).isZero();
        study().writePage();
    }

    @Test
    void eachPartTrainsItsOwnSeeds() throws Exception {
        int other = LINES.indexOf("the other part");
        assertThat(LINES.subList(0, other))
                .hasSize(1 + 8)
                .startsWith("runs to train: 8")
                .noneMatch(line -> line.contains("seed2"));
        assertThat(LINES.subList(other + 1, other + 10))
                .startsWith("runs to train: 8")
                .noneMatch(line -> line.contains("seed1"));
        assertThat(study().run(null, 0)).isZero();
    }

    @Test
    void twoPercentOfTheLabelsAreAPictureOfEachClass() throws Exception {
        assertThat(page())
                .contains("| 2 % (2) | scratch | 2 | ", "| 2 % (2) | double | 2 | ")
                .contains("| 100 % (24) | double | 2 | ");
        StudyRunResult few =
                StudyRunResult.read(folder.resolve("out/runs/feet/double-2-seed2.json"));
        assertThat(few.trainPictures()).isEqualTo(2);
        assertThat(few.parent()).isEqualTo("pretrained-skin/1.0.0");
    }

    @Test
    void aLeakyRunLearnsAndIsJudgedOnCopies() throws Exception {
        StudyRunResult leaky =
                StudyRunResult.read(folder.resolve("out/runs/feet/scratch-100-seed1-leak.json"));
        StudyRunResult fixed =
                StudyRunResult.read(folder.resolve("out/runs/feet/scratch-100-seed1.json"));

        assertThat(fixed.trainPictures()).isEqualTo(24);
        assertThat(fixed.test()).hasSize(10);
        assertThat(leaky.trainPictures()).isEqualTo(36);
        assertThat(leaky.test()).hasSize(15);
        assertThat(leaky.key()).isNotEqualTo(fixed.key());
    }

    @Test
    void thePageSaysWhatTheLeakAddsAndThatItIsNoEvidence() throws Exception {
        String signed = "[+-]\\d\\.\\d{3}";
        assertThat(page())
                .contains("- **feet, leaky split** (no evidence, but a warning). At 100 % of the")
                .contains("### feet, leaky split\n\nPictures are dealt at random")
                .contains("**This is no evidence of how well a network judges new pictures**")
                .contains("`dark` is 50 % of the fixed test and 67 % of the leaky ones")
                .contains("![feet, adds](figures/feet-leak-adds.svg)")
                .contains("[1](runs/feet/double-100-seed1-leak.json)")
                .containsPattern(
                        "\\| 100 %% \\(36\\) \\| double \\| 2 \\| \\d\\.\\d{3} → \\d\\.\\d{3}: %s \\[%s, %s\\] \\|"
                                .formatted(signed, signed, signed))
                .doesNotContain("NaN");
        assertThat(folder.resolve("out/figures/feet-leak-adds.svg")).exists();
    }

    @Test
    void thePageSaysThatOneParentServesAllSeeds() throws Exception {
        assertThat(page())
                .contains("double from `pretrained-skin/1.0.0`")
                .contains("starts from that one in every seed");
    }

    private static Study study() throws IOException {
        return new Study(
                folder.resolve("plan.yaml"),
                new Study.Places(
                        folder.resolve("out"),
                        folder.resolve("data"),
                        folder.resolve("backbones"),
                        Store.open("../model-store"),
                        folder.resolve("work")),
                Device.cpu(),
                new GracefulStop("never"),
                LINES::add);
    }

    private static String page() throws IOException {
        return Files.readString(folder.resolve("out/README.md"));
    }

    private static final String PLAN =
            """
            inputSide: 32
            shares: [0.02, 1]
            seeds: [1, 2]
            tasks:
              - name: feet
                dataSet: drawn_2class
                steps: 2
                folds: 0
                leak: [0.02, 1]
                measures: [f1 dark, accuracy, auroc]
                arms: [{name: scratch}, {name: double, from: pretrained-skin/1.0.0}]
                settings:
                  augmentation: {smallestCrop: 0.8, stretch: 1.1, flips: true, quarterTurns: true, brightness: 0.05, contrast: 0, saturation: 0, tint: 0}
                  balance: 1
                  labelSmoothing: 0
                  batchSize: 6
                  judgeEvery: 2
                  optimiser: {peakLearningRate: 0.003, warmUp: 0.2, weightDecay: 0.01, averageDecay: 0.5}
                  transfer: {frozenParts: 0, bodyRate: 0.5}
            """;
}
