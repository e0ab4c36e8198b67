package dev.medzoo.training.study;

import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.study.ParentWeights.Parent;
import dev.medzoo.training.study.Study.Places;
import dev.medzoo.training.study.StudyPlan.Task;
import dev.medzoo.translate.transform.InputSize;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key of a run is a digest of all that decides it: recipe, label share, fold, pictures, and the
 * digest of the weights or the key of the run that it starts from. A file with another key is of
 * another plan, and its run is trained anew.
 */
final class StudyRunKeys {
    private final StudyPlan plan;
    private final Places places;
    private final Map<String, PictureSet> pictures = new HashMap<>();
    private final ParentWeights parents;

    StudyRunKeys(StudyPlan plan, Places places) {
        this.plan = plan;
        this.places = places;
        parents = new ParentWeights(places.backbones(), places.models());
    }

    String of(StudyRunId run) throws IOException {
        InputSize form = run.task().form();
        String manifest = pictures(run.task()).manifestSha256();
        return StudyRunResult.digest(
                plan.recipe(run),
                run.share(),
                judged(run),
                form == null ? manifest : manifest + " " + form,
                String.valueOf(ofParent(run)));
    }

    /** The key of the plan's run of a path. */
    String ofPath(String path) throws IOException {
        for (StudyRunId run : plan.runs()) {
            if (run.path().equals(path)) {
                return of(run);
            }
        }
        throw new IllegalArgumentException("run: " + path + " (expected: one of the plan)");
    }

    /** The pictures that decide what stands in a run's file. */
    private String judged(StudyRunId run) {
        String split = plan.isChoice() ? "val" : "test";
        if (run.isLeaky()) {
            return "leaky " + split;
        }
        String fold = run.fold() + "/" + run.task().folds();
        return run.fold() == 0 ? split : plan.isChoice() ? split + " " + fold : fold;
    }

    /** The digest of the weights that a run starts from, or null for random ones. */
    @Nullable String ofParent(StudyRunId run) throws IOException {
        StudyRunId parent = plan.parent(run);
        if (parent != null) {
            return of(parent);
        }
        Parent fixed = weights(run);
        return fixed == null ? null : fixed.digest();
    }

    /** The backbone or the model that a run starts from, or null. */
    @Nullable Parent weights(StudyRunId run) throws IOException {
        String from = run.arm().from();
        return from == null || run.arm().startsFromArm() ? null : parents.of(from);
    }

    /** All pictures of a task. */
    PictureSet pictures(Task task) throws IOException {
        PictureSet known = pictures.get(task.name());
        if (known == null) {
            known = PictureSet.open(places.data().resolve(task.dataSet())).inForm(task.form());
            pictures.put(task.name(), known);
        }
        return known;
    }
}
