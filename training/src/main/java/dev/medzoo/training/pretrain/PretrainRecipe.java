package dev.medzoo.training.pretrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.training.data.PicturePool;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides how a backbone is pre-trained, but the pictures themselves.
 *
 * @param name of the backbone
 * @param version of the backbone
 * @param pool the data sets and splits whose pictures are used, unlabelled
 * @param inputSide side of the square views that the network sees, in pixels
 * @param fit how a view becomes a square; null to stretch it
 * @param views how two views of one picture come to differ
 * @param colour step of the transform after them; null for none
 * @param objective what is asked of the two views' features
 * @param batchSize pictures a step, each with two views
 * @param groupsPerBatch how many groups (slides, patients) share a batch, so that what tells groups
 *     apart does not tell its pictures apart; null for any
 * @param epochs passes over the pool
 * @param optimiser how the weights move; the average is not used here
 * @param precision of the convolutions
 * @param seed of everything random
 * @param licence of the pool's pictures, which everything trained from it inherits
 */
public record PretrainRecipe(
        String name,
        Version version,
        List<PicturePool.Part> pool,
        int inputSide,
        Transform.@Nullable Fit fit,
        Augmentation views,
        @Nullable ColourStep colour,
        Kind objective,
        int batchSize,
        @Nullable Integer groupsPerBatch,
        int epochs,
        Recipe.Optimiser optimiser,
        Recipe.Precision precision,
        long seed,
        String licence) {

    /**
     * Reads one from YAML or JSON.
     *
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    public static PretrainRecipe read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads one from YAML or JSON.
     *
     * @param source name of the file, for messages
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    public static PretrainRecipe parse(String text, String source) {
        return Yaml.parse(text, "recipe " + source, PretrainRecipe.class);
    }

    /** Where the data sets of its pool lie. */
    public List<DataPlace> places() {
        return pool.stream().map(PicturePool.Part::place).distinct().toList();
    }

    /** The objectives to choose from. */
    public enum Kind {
        /** Contrast of a picture's views with the other pictures of the batch. */
        SIMCLR {
            @Override
            Objective objective() {
                return new SimClr();
            }
        },
        /** Agreement of a picture's views, held apart by variance and covariance. */
        VICREG {
            @Override
            Objective objective() {
                return new VicReg();
            }
        };

        abstract Objective objective();

        /** Reads a kind in whatever case it is written. */
        @JsonCreator
        static Kind of(String name) {
            for (Kind kind : values()) {
                if (kind.name().equalsIgnoreCase(name)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "objective: " + name + " (expected one of: simclr, vicreg)");
        }
    }

    public PretrainRecipe {
        Recipe.given("name", name);
        Recipe.given("version", version);
        Recipe.given("pool", pool);
        Recipe.given("views", views);
        Recipe.given("objective", objective);
        Recipe.given("optimiser", optimiser);
        Recipe.given("precision", precision);
        Recipe.given("licence", licence);
        Recipe.between("inputSide", inputSide, 32, 1024);
        Recipe.between("batchSize", batchSize, 2, 4096);
        if (groupsPerBatch != null) {
            Recipe.between("groupsPerBatch", groupsPerBatch, 1, batchSize);
        }
        Recipe.between("epochs", epochs, 1, 10_000);
        pool = List.copyOf(pool);
        if (pool.isEmpty()) {
            throw new IllegalArgumentException("pool: empty (expected: at least one data set)");
        }
    }

    /** The size that the pictures of a data set are brought to first; null for their own. */
    @Nullable InputSize form(String dataSet) {
        for (PicturePool.Part part : pool) {
            if (part.dataSet().equals(dataSet)) {
                return part.form();
            }
        }
        return null;
    }

    /** What is done to a view before the network sees it. */
    Transform transform() {
        return Transform.square(inputSide, fit == null ? Transform.Fit.SQUASH : fit, colour);
    }
}
