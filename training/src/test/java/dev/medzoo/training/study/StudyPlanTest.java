package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyPlanTest {
    private static final Path COMMITTED = Path.of("recipes", "study.yaml");
    private static final Path FEET = Path.of("recipes", "study-foot.yaml");

    @Test
    void theCommittedPlanAsksForEveryArmAtEveryShareWithThreeSeeds() throws Exception {
        StudyPlan plan = StudyPlan.read(COMMITTED);

        List<StudyRunId> runs = plan.runs();
        assertThat(plan.shares()).containsExactly(0.1, 0.25, 0.5, 1.0);
        assertThat(runs).filteredOn(run -> run.task().name().equals("foot")).hasSize(3 * 4 * 3);
        assertThat(runs).filteredOn(run -> run.task().name().equals("skin")).hasSize(2 * 4 * 3);
        assertThat(runs).filteredOn(run -> run.task().name().equals("breast")).hasSize(2 * 8 * 3);
        assertThat(runs).allSatisfy(run -> StudyTrainer.check(plan.recipe(run)));
        assertThat(runs).extracting(StudyRunId::path).doesNotHaveDuplicates();
    }

    @Test
    void theBreastIsStudiedOnceMoreWithOtherColoursAlone() throws Exception {
        StudyPlan first = StudyPlan.read(COMMITTED);
        StudyPlan again = StudyPlan.read(Path.of("recipes", "study-breast-colours.yaml"));

        for (StudyRunId run : again.runs()) {
            Map<String, Object> recipe = new HashMap<>(again.recipe(run));
            Map<String, Object> before = new HashMap<>(first.recipe(run(first, run.path())));
            assertThat(recipe.remove("augmentation")).isNotEqualTo(before.remove("augmentation"));
            assertThat(recipe).isEqualTo(before);
        }
    }

    @Test
    void theCommittedOptionsAreJudgedOnValAndChangeWhatTheirNameSays() throws Exception {
        StudyPlan plan = StudyPlan.read(Path.of("recipes", "options.yaml"));

        assertThat(plan.isChoice()).isTrue();
        assertThat(plan.runs()).allSatisfy(run -> StudyTrainer.check(plan.recipe(run)));
        StudyPlan breast = StudyPlan.read(Path.of("recipes", "options-breast.yaml"));
        assertThat(breast.isChoice()).isTrue();
        assertThat(breast.runs()).allSatisfy(run -> StudyTrainer.check(breast.recipe(run)));
        assertThat(plan.recipe(run(plan, "skin/unbalanced-100-seed1"))).containsEntry("balance", 0);
        assertThat(plan.recipe(run(plan, "skin/plain-100-seed1"))).containsEntry("balance", 0.9);
    }

    @Test
    void theFeetAreLearntTenTimesFromFewLabelsAndOnLeakySplitsToo() throws Exception {
        StudyPlan plan = StudyPlan.read(FEET);

        List<StudyRunId> runs = plan.runs();
        assertThat(plan.shares()).containsExactly(0.02, 0.05, 0.1, 0.25, 1.0);
        assertThat(plan.seeds()).hasSize(10);
        assertThat(runs).filteredOn(of -> !of.isLeaky()).hasSize(2 * 3 * 5 * 10);
        assertThat(runs)
                .filteredOn(StudyRunId::isLeaky)
                .hasSize(3 * 2 * 10)
                .allSatisfy(of -> assertThat(of.path()).startsWith("patches/").endsWith("-leak"));
        assertThat(runs).allSatisfy(run -> StudyTrainer.check(plan.recipe(run)));
        assertThat(runs).allSatisfy(run -> assertThat(plan.parent(run)).isNull());
        assertThat(runs).extracting(StudyRunId::path).doesNotHaveDuplicates();
    }

    @Test
    void leaksAreMeasuredAtSharesOfThePlan() throws Exception {
        String text = Files.readString(FEET);

        assertThatThrownBy(
                        () ->
                                StudyPlan.parse(
                                        text.replace("leak: [0.1, 1]", "leak: [0.3]"), "mine"))
                .hasMessageContaining("leak: [0.3] (expected: among the shares, [0.02, 0.05,");
    }

    @Test
    void aPublishedModelIsNoArm() throws Exception {
        String text = Files.readString(COMMITTED);

        StudyPlan plan =
                StudyPlan.parse(text.replace("skin/transfer", "pretrained-skin/1.0.0"), "mine");

        StudyRunId run = run(plan, "foot/double-10-seed2");
        assertThat(run.arm().startsFromOneParent()).isTrue();
        assertThat(plan.parent(run)).isNull();
    }

    @Test
    void theSeedsAreDealtOutToTheParts() {
        List<Long> seeds = List.of(5L, 6L, 7L);

        assertThat(seeds)
                .filteredOn(of -> StudyShard.of("1/2").has(of, seeds))
                .containsExactly(5L, 7L);
        assertThat(seeds).filteredOn(of -> StudyShard.of("2/2").has(of, seeds)).containsExactly(6L);
        assertThat(seeds).allMatch(of -> StudyShard.ALL.has(of, seeds));
        assertThatThrownBy(() -> StudyShard.of("1/4").has(5, seeds))
                .hasMessage("part: 1/4 (expected: at most 3 parts, one for each seed)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/2", "3/2", "1", "1/2/3", "-1/2", "one/two"})
    void refusesWhatIsNoPart(String text) {
        assertThatThrownBy(() -> StudyShard.of(text))
                .hasMessage("part: " + text + " (expected: I/N, such as 1/2)");
    }

    @Test
    void everyTaskHasItsFirstSeedEarlyAndParentsComeFirst() throws Exception {
        StudyPlan plan = StudyPlan.read(COMMITTED);

        List<StudyRunId> runs = plan.runs();
        assertThat(runs).extracting(StudyRunId::seed).isSorted();
        for (StudyRunId run : runs) {
            StudyRunId parent = plan.parent(run);
            if (parent != null) {
                assertThat(runs.indexOf(parent)).isLessThan(runs.indexOf(run));
            }
        }
    }

    @Test
    void doubleTransferStartsFromTheSkinRunOfItsSeedWithAllLabels() throws Exception {
        StudyPlan plan = StudyPlan.read(COMMITTED);

        StudyRunId few = run(plan, "foot/double-10-seed2");

        assertThat(Objects.requireNonNull(plan.parent(few)).path())
                .isEqualTo("skin/transfer-100-seed2");
        assertThat(plan.parent(run(plan, "foot/transfer-10-seed2"))).isNull();
        assertThat(plan.recipe(few)).containsKey("transfer").containsEntry("seed", 2L);
        assertThat(plan.recipe(run(plan, "foot/scratch-10-seed2"))).doesNotContainKey("transfer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0.25, 0.5, 1]     | 0.5, 0.25, 1]   | (expected: rising to 1)
                    0.25, 0.5, 1]     | 0.25, 0.5]      | (expected: rising to 1)
                    seeds: [1, 2, 3]  | seeds: []       | seeds: missing (expected: at least one)
                    seeds: [1, 2, 3]  | seeds: [1, 1]   | seeds: [1, 1] (expected: none of them twice)
                    steps: 500        | steps: 0        | steps: 0 (expected: at least 1)
                    steps: 500        | stepps: 500     | steps: missing (expected: a value)
                    folds: 4          | folds: 2        | folds: 2 (expected: 0 for none, or at least 3)
                    name: foot        | name: the Foot  | tasks: name: the Foot (expected: small letters
                    inputSide: 96     | inputSide: big  | inputSide: big (expected: a whole number)
                    from: skin/transfer | from: skin/other | from: skin/other (expected: a backbone, name/version, or task/arm of one above foot/double)
                    """)
    void saysWhichValueIsWrong(String right, String wrong, String message) throws Exception {
        String text = Files.readString(COMMITTED);
        assertThat(text).contains(right);

        assertThatThrownBy(() -> StudyPlan.parse(text.replace(right, wrong), "mine.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("plan mine.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void settingsThatNoRecipeHasAreRefusedBeforeAnythingIsTrained() throws Exception {
        String text = Files.readString(COMMITTED).replace("balance: 1.0", "balance: 7");
        StudyPlan plan = StudyPlan.parse(text, "mine.yaml");

        assertThatThrownBy(
                        () -> StudyTrainer.check(plan.recipe(run(plan, "foot/scratch-10-seed1"))))
                .hasMessageContaining("of foot-scratch")
                .hasMessageContaining("balance: 7.0 (expected: 0.0..1.0)");
    }

    private static StudyRunId run(StudyPlan plan, String path) {
        return plan.runs().stream().filter(of -> of.path().equals(path)).findFirst().orElseThrow();
    }
}
