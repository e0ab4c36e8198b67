package dev.medzoo.training.study;

import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.study.Plan.Task;
import dev.medzoo.training.study.Study.Places;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key of a run is a digest of all that decides it: recipe, label share, fold, pictures, and the
 * backbone's weights or the key of the run that it starts from. A file with another key is of
 * another plan, and its run is trained anew.
 */
final class RunKeys {
    private final Plan plan;
    private final Places places;
    private final Map<String, PictureSet> pictures = new HashMap<>();
    private final Map<String, String> digests = new HashMap<>();

    RunKeys(Plan plan, Places places) {
        this.plan = plan;
        this.places = places;
    }

    String of(RunId run) throws IOException {
        return RunFile.digest(
                plan.recipe(run),
                run.share(),
                judged(run),
                pictures(run.task()).manifestSha256(),
                String.valueOf(ofParent(run)));
    }

    /** The pictures that decide what stands in a run's file. */
    private String judged(RunId run) {
        String split = plan.isChoice() ? "val" : "test";
        String fold = run.fold() + "/" + run.task().folds();
        return run.fold() == 0 ? split : plan.isChoice() ? split + " " + fold : fold;
    }

    /** The digest of the weights that a run starts from, or null for random ones. */
    @Nullable String ofParent(RunId run) throws IOException {
        RunId parent = plan.parent(run);
        if (parent != null) {
            return of(parent);
        }
        Path backbone = backbone(run);
        return backbone == null ? null : digest(backbone);
    }

    /** The folder of the backbone that a run starts from, or null. */
    @Nullable Path backbone(RunId run) {
        String from = run.arm().from();
        return from == null || run.arm().startsFromArm() ? null : places.backbones().resolve(from);
    }

    /** All pictures of a task. */
    PictureSet pictures(Task task) throws IOException {
        PictureSet known = pictures.get(task.dataSet());
        if (known == null) {
            known = PictureSet.open(places.data().resolve(task.dataSet()));
            pictures.put(task.dataSet(), known);
        }
        return known;
    }

    private String digest(Path backbone) throws IOException {
        String known = digests.get(backbone.toString());
        if (known == null) {
            known = RunFile.digest(weights(backbone));
            digests.put(backbone.toString(), known);
        }
        return known;
    }

    private static List<String> weights(Path backbone) throws IOException {
        List<String> weights = new ArrayList<>();
        if (Files.isDirectory(backbone)) {
            try (Stream<Path> files = Files.list(backbone)) {
                for (Path file : files.filter(of -> of.toString().endsWith(".params")).toList()) {
                    weights.add(Sha256.hex(Files.readAllBytes(file)));
                }
            }
        }
        if (weights.isEmpty()) {
            throw new IllegalArgumentException(
                    "backbone: %s (expected: a folder that medzoo pretrain wrote)"
                            .formatted(backbone));
        }
        return weights.stream().sorted().toList();
    }
}
