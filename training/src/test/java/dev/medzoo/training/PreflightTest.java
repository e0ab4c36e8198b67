package dev.medzoo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.medzoo.training.data.DrawnPictureSet;
import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StepReport;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Line 2 of the drawn manifest is train/0.png, line 26 val/0.png, line 34 test/0.png. */
class PreflightTest {
    private static final String RECIPE =
            """
            name: my-moles
            version: 0.1.0
            dataSet: drawn_2class
            inputSide: 32
            augmentation: {smallestCrop: 0.8, stretch: 1.1, flips: true, quarterTurns: true, brightness: 0.05, contrast: 0, saturation: 0, tint: 0}
            balance: 1
            labelSmoothing: 0
            batchSize: 8
            steps: 3
            judgeEvery: 3
            patience: 1
            optimiser: {peakLearningRate: 0.003, warmUp: 0.2, weightDecay: 0.01, averageDecay: 0.5}
            seed: 3
            card: {summary: Light or dark., intendedUse: Tests., outOfScope: [All else.], dataLicence: CC0, commercialUse: true, citation: None., subgroups: Drawn by code., limits: [Small.]}
            """;

    @TempDir Path folder = Path.of("");
    private Path data = Path.of("");
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPictureSet.in(folder);
    }

    private List<String> faults(String recipe) throws Exception {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), recipe);
        return Training.check(file, data, null, notes::add);
    }

    private void rewrite(String old, String fresh) throws Exception {
        Path manifest = data.resolve("manifest.csv");
        String text = Files.readString(manifest);
        assertThat(text).contains(old);
        Files.writeString(manifest, text.replace(old, fresh));
    }

    @Test
    void goodDataHaveNoFault() throws Exception {
        assertThat(faults(RECIPE)).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void everythingIsToldAtOnceAndNoStepIsTaken() throws Exception {
        Files.delete(data.resolve("train/1.png"));
        Files.copy(data.resolve("val/1.png"), data.resolve("val/copy.png"));
        Files.write(data.resolve("test/3.png"), new byte[] {1, 2});
        rewrite("test/2.png,dark,test,drawn,test-1", "test/2.png,dark,test,drawn,train-4");
        String valLine = Files.readAllLines(data.resolve("manifest.csv")).get(26);
        Path manifest = data.resolve("manifest.csv");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        + valLine.replace("val/1.png", "val/copy.png")
                                .replace(",val,", ",train,")
                                .replace(",val-0,", ",copy,")
                        + "\n");
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        RECIPE + "transfer: {frozenParts: 0, bodyRate: 1}\n");
        Path out = folder.resolve("out");
        Training training = new Training(recipe, data, out, null, List.of(Device.cpu()), false);

        assertThatThrownBy(() -> training.run(new NoStep()))
                .isInstanceOf(FaultyDataException.class)
                .satisfies(
                        e ->
                                assertThat(((FaultyDataException) e).faults())
                                        .hasSize(5)
                                        .contains(
                                                "from: nothing (expected: an artifact, as the recipe is"
                                                        + " a transfer; name it with --from)",
                                                "group: train-4 in test (drawn_2class/manifest.csv line"
                                                        + " 36) and train (drawn_2class/manifest.csv"
                                                        + " lines 10, 11) (expected: in one split)",
                                                "drawn_2class/manifest.csv line 3: train/1.png: absent"
                                                        + " (expected: a file that is there)",
                                                "drawn_2class/manifest.csv line 44: val/copy.png"
                                                        + " of train is a near-duplicate of"
                                                        + " val/1.png of val, drawn_2class/manifest.csv line 27 (expected: in one split, or one of them left out)")
                                        .anySatisfy(
                                                fault ->
                                                        assertThat(fault)
                                                                .startsWith(
                                                                        "drawn_2class/manifest.csv line"
                                                                                + " 37: test/3.png:"
                                                                                + " sha256 ")));
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.checkpoint")).doesNotExist();
    }

    @Test
    void manyFilesWithOneFaultAreOneFault() throws Exception {
        for (int i = 0; i < 24; i += 2) {
            Files.delete(data.resolve("train/" + i + ".png"));
        }

        assertThat(faults(RECIPE))
                .containsExactly(
                        "drawn_2class/manifest.csv lines 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24:"
                                + " 12 files absent, such as train/0.png (expected: a file that is"
                                + " there)");
    }

    @Test
    void aManifestOfWindowsWithCapitalDigestsIsAsGood() throws Exception {
        Path manifest = data.resolve("manifest.csv");
        String text = Files.readString(manifest).replaceAll(",(?! note)", ";");
        StringBuilder capital = new StringBuilder("\ufeff");
        for (String line : text.lines().toList()) {
            String[] cells = line.split(";", 7);
            cells[5] = cells[5].equals("sha256") ? cells[5] : cells[5].toUpperCase(Locale.ROOT);
            capital.append(String.join(";", cells)).append("\r\n\r\n");
        }
        Files.writeString(manifest, capital);

        assertThat(faults(RECIPE)).isEmpty();
    }

    @Test
    void aNameThatNobodyMayHaveIsRefused() throws Exception {
        assertThat(faults(RECIPE.replace("name: my-moles", "name: My_Moles")))
                .containsExactly(
                        "name: My_Moles (expected: words of a-z and 0-9 joined by '-', at most 64"
                                + " characters)");
    }

    @Test
    void blankWordsOfACardAreNotedAsTheyMayBeAddedAfterwards() throws Exception {
        String blank =
                RECIPE.replace("summary: Light or dark.", "summary: ' '")
                        .replace("limits: [Small.]", "limits: []");

        assertThat(faults(blank)).isEmpty();
        assertThat(notes)
                .containsExactly(
                        "card: summary, limits: blank; the registry's gate requires an answer,"
                                + " which medzoo card adds");
    }

    @Test
    void wordsOfAPublishedModelAreRefusedUnderAnotherName() throws Exception {
        String summary = "Wound or normal skin  in patches of pictures of feet and legs.";
        Recipe copied = Recipe.parse(RECIPE.replace("Light or dark.", summary), "recipe");
        Recipe own =
                Recipe.parse(
                        RECIPE.replace("Light or dark.", summary)
                                .replace("my-moles", "dfu-double-transfer"),
                        "recipe");

        assertThat(againstTheModelStore(copied))
                .containsExactly(
                        "card: summary: \"Wound or normal skin in patches of pictures of feet and"
                                + " legs.\", the same as in dfu-double-transfer/1.0.0 (expected: its"
                                + " own text)");
        assertThat(againstTheModelStore(own)).isEmpty();
        assertThat(notes).isEmpty();
    }

    private List<String> againstTheModelStore(Recipe recipe) throws Exception {
        Store published = new FolderStore(Path.of("../model-store"));
        return new Preflight(recipe, data, null, published, notes::add).faults();
    }

    @Test
    void aStoreThatCannotBeReadIsNoted() throws Exception {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("index.json"), "{");

        List<String> faults =
                new Preflight(
                                Recipe.parse(RECIPE, "recipe"),
                                data,
                                null,
                                new FolderStore(broken),
                                notes::add)
                        .faults();

        assertThat(faults).isEmpty();
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("card: not compared with the cards of " + broken);
    }

    @Test
    void aCardThatTheGateWouldRefuseForItsSubgroupsIsNoted() throws Exception {
        assertThat(faults(RECIPE.replace("subgroups: Drawn by code., ", ""))).isEmpty();
        assertThat(notes)
                .containsExactly(
                        "card: subgroups: blank; the registry's gate requires an answer,"
                                + " which medzoo card adds");
    }

    @Test
    void noStepIsTakenTowardsAFolderThatCannotBe() throws Exception {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        Path out = recipe.resolve("below/out");
        Training training = new Training(recipe, data, out, null, List.of(Device.cpu()), false);

        assertThatThrownBy(() -> training.run(new NoStep()))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessage(recipe.toString());
    }

    @Test
    void ofTwoRunsIntoOneFolderTheSecondIsRefused() throws Exception {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        Path out = folder.resolve("candidates/out");
        Training training = new Training(recipe, data, out, null, List.of(Device.cpu()), true);
        try (CandidateLock first = CandidateLock.take(out)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> training.run(new NoStep()))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(
                            out
                                    + ": another training writes it (expected: one at a time, or another --out)");
        }
        assertThat(out.getParent()).isEmptyDirectory();
        CandidateLock.take(out).close();
    }

    /** Fails a test in which a step is taken. */
    private static final class NoStep implements TrainingProgress {
        @Override
        public void step(StepReport report) {
            throw new AssertionError("a step was taken");
        }

        @Override
        public void round(RoundReport report) {
            throw new AssertionError("a round was trained");
        }

        @Override
        public void note(String sentence) {}
    }
}
