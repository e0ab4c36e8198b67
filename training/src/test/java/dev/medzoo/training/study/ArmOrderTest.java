package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.study.ScoredPictures.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs made by hand: so many pictures right, each in a group of its own. */
class ArmOrderTest {
    private static final int PICTURES = 60;
    @TempDir Path folder = Path.of("");

    @Test
    void aStepThatNearlyAllGroupsAgreeOnIsSure() throws Exception {
        assertThat(sentences(30, 45, 58))
                .isEqualTo("As a whole it is sure (each arm above the one before it) at 100 %. ");
    }

    @Test
    void aStepBackwardsIsNotTheOrder() throws Exception {
        assertThat(sentences(30, 58, 40))
                .startsWith(
                        "As a whole it is sure nowhere. At 100 % double less transfer is -0.300,")
                .doesNotContain("transfer less scratch", "ceiling");
    }

    @Test
    void nearTheCeilingNothingIsSureAndThePageSaysWhy() throws Exception {
        // One mistake of sixty is 0.017; its interval reaches from nothing to about three.
        assertThat(sentences(30, 59, 60))
                .startsWith(
                        "As a whole it is sure nowhere. At 100 % double less transfer is +0.017,")
                .endsWith(
                        "and transfer leaves 0.017 to 1: too near the ceiling to be told from nothing. ");
    }

    /** What is said of three arms that get so many pictures right, the first ones. */
    private String sentences(int scratch, int transfer, int twice) throws Exception {
        StudyPlan plan = StudyPlan.parse(PLAN, "mine");
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            pictures.add(new Picture(i + ".png", "test", 0, i % 2, "g" + i, i + ".png"));
        }
        new ScoredPictures("feet", "00", List.of("dark", "light"), 0, pictures)
                .write(folder.resolve(TaskRuns.picturesFile(plan.tasks().get(0))));
        List<Integer> right = List.of(scratch, transfer, twice);
        for (int arm = 0; arm < right.size(); arm++) {
            write(plan, plan.runs().get(arm), right.get(arm));
        }
        TaskRuns runs = new TaskRuns(plan, plan.tasks().get(0), folder);
        return new ArmOrder(new Results(runs, Protocol.FIXED_SPLIT)).sentences();
    }

    private void write(StudyPlan plan, StudyRunId run, int right) throws Exception {
        List<List<Double>> test = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            boolean light = (i % 2 == 1) == (i < right);
            test.add(light ? List.of(0.0, 2.0) : List.of(2.0, 0.0));
        }
        new StudyRunResult(
                        run.path(),
                        "key",
                        plan.recipe(run),
                        1,
                        1,
                        null,
                        null,
                        "00",
                        1,
                        1,
                        0,
                        "none",
                        Map.of(),
                        List.of(),
                        1,
                        List.of(),
                        test)
                .write(folder.resolve(run.file()));
    }

    private static final String PLAN =
            """
            inputSide: 32
            shares: [1]
            seeds: [1]
            tasks:
              - name: feet
                dataSet: feet
                steps: 2
                folds: 0
                measures: [accuracy]
                arms: [{name: scratch}, {name: transfer, from: pool}, {name: double, from: skin}]
                settings: {}
            """;
}
