package dev.medzoo.training.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PicturePool.Part;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.TrainedScale;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.network.NetworkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a training, except the data and the initial weights.
 *
 * @param name of the artifact
 * @param version of the artifact
 * @param dataSet name of the folder of pictures, if there is only one; else null
 * @param dataSets the data sets, if there are several or if one is not used unchanged; else null
 * @param labels in the order of the logits; null for those of the first data set, in alphabetical
 *     order
 * @param inputSide side of the network's square input, in pixels
 * @param fit what the resize to that square preserves; null for {@code squash}
 * @param colour step of the transform; null for none
 * @param augmentation random changes of a training picture before it is resized
 * @param balance class balance of sampling: 0 as in the data, 1 equal
 * @param labelSmoothing share of the target spread over all classes, in [0, 1)
 * @param mixing MixUp and CutMix; absent for none
 * @param flips whether the finished network averages over a picture's four mirror images; absent
 *     for no
 * @param batchSize pictures per step
 * @param steps of the optimiser in the whole run
 * @param judgeEvery steps per round, after which the network is validated on {@code val}
 * @param patience rounds without improvement on {@code val} before early stopping
 * @param chosenBy criterion of the best round; absent for macro-F1
 * @param optimiser settings of the optimiser
 * @param transfer treatment of the initial weights; absent for training from scratch
 * @param precision of the convolutions in training; absent for float32
 * @param foreign out-of-distribution pictures, beside drawings, to which detection is fitted; their
 *     labels are not read; absent for none
 * @param network kind of network; null for the paper's
 * @param seed of everything random
 * @param card the words of the model card
 */
public record Recipe(
        String name,
        Version version,
        @Nullable String dataSet,
        @Nullable List<DataSetUse> dataSets,
        @Nullable List<String> labels,
        int inputSide,
        Transform.@Nullable Fit fit,
        @Nullable ColourStep colour,
        Augmentation augmentation,
        double balance,
        double labelSmoothing,
        @Nullable Mixing mixing,
        @Nullable Boolean flips,
        int batchSize,
        int steps,
        int judgeEvery,
        int patience,
        @Nullable Choice chosenBy,
        Optimiser optimiser,
        @Nullable Transfer transfer,
        @Nullable Precision precision,
        @Nullable List<Part> foreign,
        @Nullable NetworkChoice network,
        long seed,
        CardText card) {

    public Recipe {
        foreign = foreign == null ? List.of() : List.copyOf(foreign);
        given("name", name);
        given("version", version);
        if ((dataSet == null) == (dataSets == null || dataSets.isEmpty())) {
            throw new IllegalArgumentException(
                    "dataSet: %s, dataSets: %s (expected: one of the two)"
                            .formatted(dataSet, dataSets));
        }
        dataSets = dataSets == null ? null : List.copyOf(dataSets);
        labels = labels == null ? null : List.copyOf(labels);
        given("augmentation", augmentation);
        given("optimiser", optimiser);
        given("card", card);
        between("balance", balance, 0, 1);
        between("labelSmoothing", labelSmoothing, 0, 0.9);
        between("inputSide", inputSide, 16, 1024);
        between("batchSize", batchSize, 2, 4096);
        between("steps", steps, 1, 10_000_000);
        between("judgeEvery", judgeEvery, 1, steps);
        if (steps % judgeEvery != 0) {
            throw new IllegalArgumentException(
                    "steps: %d (expected: a multiple of judgeEvery, %d)"
                            .formatted(steps, judgeEvery));
        }
        between("patience", patience, 1, 10_000);
    }

    /** Out-of-distribution pictures; empty if the recipe names none. */
    @Override
    public List<Part> foreign() {
        return foreign == null ? List.of() : foreign;
    }

    /** The data sets, from {@code dataSet} or {@code dataSets}. */
    public List<DataSetUse> sets() {
        return dataSets != null ? dataSets : List.of(DataSetUse.all(String.valueOf(dataSet)));
    }

    /** Where its data sets and the foreign ones lie. */
    public List<DataPlace> places() {
        return Stream.concat(
                        sets().stream().map(DataSetUse::place), foreign().stream().map(Part::place))
                .distinct()
                .toList();
    }

    /** The criterion of the best round. */
    @Override
    public Choice chosenBy() {
        return chosenBy == null ? Choice.MACRO_F1 : chosenBy;
    }

    /** Whether a folder is that of the only data set. */
    public boolean isOnly(Path folder) {
        return sets().size() == 1 && sets().get(0).isIn(folder);
    }

    /** The kind of network; the paper's if the recipe names none. */
    public NetworkType networkType() {
        return network == null ? NetworkType.DCNN : NetworkType.parseTrained(network.type());
    }

    /** The pre-processing of pictures in training and serving. */
    public Transform transform() {
        Transform.Fit kept = fit == null ? Transform.Fit.SQUASH : fit;
        return Transform.square(inputSide, kept, colour);
    }

    /**
     * AdamW (Loshchilov and Hutter 2019) under a one-cycle schedule: a linear warm-up to the peak,
     * then a half cosine down to zero.
     *
     * @param peakLearningRate the highest rate
     * @param warmUp share of all steps until the peak, in [0, 1)
     * @param weightDecay decoupled decay of weights; biases and batch norms have none
     * @param averageDecay of the moving average of the weights, which is validated and kept, in [0,
     *     1)
     * @param clipNorm largest norm of a step's gradient over all weights (Pascanu et al. 2013), so
     *     that one outlier batch cannot ruin the weights; absent for no limit
     */
    public record Optimiser(
            double peakLearningRate,
            double warmUp,
            double weightDecay,
            double averageDecay,
            @Nullable Double clipNorm) {
        public Optimiser {
            between("peakLearningRate", peakLearningRate, 1e-8, 10);
            between("warmUp", warmUp, 0, 0.9);
            between("weightDecay", weightDecay, 0, 1);
            between("averageDecay", averageDecay, 0, 0.99999);
            if (clipNorm != null) {
                between("clipNorm", clipNorm, 1e-6, 1e6);
            }
        }
    }

    /**
     * The kind of network to train, in its default shape.
     *
     * @param type name of a {@link NetworkType}
     */
    public record NetworkChoice(String type) {
        public NetworkChoice {
            NetworkType.parseTrained(type);
        }
    }

    /** Criterion of the best round on {@code val}. */
    public enum Choice {
        /** Highest macro-F1; for equal ones, lowest loss. */
        MACRO_F1,
        /**
         * Lowest cross-entropy: when nearly all pictures are classified correctly, macro-F1 depends
         * on one or two.
         */
        LOSS
    }

    /** Precision of the convolutions; weights are always float32. */
    public enum Precision {
        /** Exact, and the only one that is bit-identical to serving. */
        FLOAT32,
        /** Faster on processors with AMX, slower on all others. */
        BFLOAT16,
        /** The faster one on the training device, resolved by {@link PrecisionChoice}. */
        AUTO;

        /**
         * Whether the convolutions run in bfloat16.
         *
         * @throws IllegalStateException when it is still {@code AUTO}
         */
        public boolean isBFloat16() {
            if (this == AUTO) {
                throw new IllegalStateException(
                        "precision: auto (expected: resolved to float32 or bfloat16)");
            }
            return this == BFLOAT16;
        }
    }

    /**
     * Transfer learning: treatment of the parent's weights.
     *
     * @param frozenParts number of frozen parts: the stem, then each stage
     * @param bodyRate learning rate of the rest of the body, relative to the head's
     * @param layerDecay factor of each part's learning rate relative to the part above it; absent
     *     for 1, equal rates
     * @param unfreezeEvery steps after which one more part is unfrozen, from the top (Howard and
     *     Ruder 2018); absent for all at once
     */
    public record Transfer(
            int frozenParts,
            double bodyRate,
            @Nullable Double layerDecay,
            @Nullable Integer unfreezeEvery) {
        public Transfer {
            between("frozenParts", frozenParts, 0, 100);
            between("bodyRate", bodyRate, 0, 1);
            if (layerDecay != null) {
                between("layerDecay", layerDecay, 0.01, 1);
            }
            if (unfreezeEvery != null) {
                between("unfreezeEvery", unfreezeEvery, 1, 10_000_000);
            }
        }

        /**
         * Learning rate of a part, relative to the head's.
         *
         * @param below number of parts between it and the head
         */
        public double rate(int below) {
            return bodyRate * (layerDecay == null ? 1 : Math.pow(layerDecay, below));
        }

        /**
         * Number of parts still frozen.
         *
         * @param step from 0
         * @param parts of the whole network
         */
        public int frozen(int step, int parts) {
            return unfreezeEvery == null
                    ? frozenParts
                    : Math.max(frozenParts, parts - step / unfreezeEvery);
        }
    }

    /**
     * Mixing of pairs of pictures and their targets.
     *
     * @param mixUp Beta distribution parameter of MixUp blends (Zhang et al. 2018), in [0, 1]; 0
     *     for none
     * @param cutMix the same for CutMix patches (Yun et al. 2019)
     * @param share of the batches that are mixed, in [0, 1]
     */
    public record Mixing(double mixUp, double cutMix, double share) {
        public Mixing {
            between("mixUp", mixUp, 0, 1);
            between("cutMix", cutMix, 0, 1);
            between("share", share, 0, 1);
            if (mixUp + cutMix == 0) {
                throw new IllegalArgumentException(
                        "mixing: neither (expected: mixUp or cutMix above 0)");
            }
        }
    }

    /**
     * Texts of the model card: answers to the {@link CardQuestion}s. They may be blank until the
     * model is published.
     *
     * @param summary one sentence
     * @param intendedUse who may use it for what
     * @param outOfScope what it must not be used for
     * @param dataLicence licence of the pictures, which the weights inherit
     * @param commercialUse whether that licence allows it
     * @param citation required with any use
     * @param subgroups why there are no figures for kinds of patients or pictures; the registry's
     *     gate refuses an absent or blank one
     * @param limits known weaknesses
     * @param scale of the pictures, where they are parts of whole slides; else null
     */
    public record CardText(
            String summary,
            String intendedUse,
            List<String> outOfScope,
            String dataLicence,
            boolean commercialUse,
            String citation,
            @Nullable String subgroups,
            List<String> limits,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrainedScale scale) {
        public CardText {
            given("card: summary", summary);
            given("card: intendedUse", intendedUse);
            given("card: outOfScope", outOfScope);
            given("card: dataLicence", dataLicence);
            given("card: citation", citation);
            given("card: limits", limits);
            subgroups = subgroups == null || subgroups.isBlank() ? null : subgroups;
            outOfScope = texts("card: outOfScope", outOfScope);
            limits = texts("card: limits", limits);
        }

        private static List<String> texts(String name, List<String> texts) {
            texts.forEach(text -> given(name, text));
            return List.copyOf(texts);
        }

        /** Missing required texts of a published card, one sentence each. */
        public List<String> faults() {
            return blank().stream().map("card: %s: blank (expected: text)"::formatted).toList();
        }

        /** Blank entries. */
        public List<String> blank() {
            List<String> blank = new ArrayList<>();
            addBlank(blank, "summary", List.of(summary));
            addBlank(blank, "intendedUse", List.of(intendedUse));
            addBlank(blank, "outOfScope", outOfScope);
            addBlank(blank, "dataLicence", List.of(dataLicence));
            addBlank(blank, "citation", List.of(citation));
            addBlank(blank, "limits", limits);
            return blank;
        }

        private static void addBlank(List<String> blank, String entry, List<String> texts) {
            if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
                blank.add(entry);
            }
        }
    }

    /**
     * Reads a recipe from YAML or JSON.
     *
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    public static Recipe read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads a recipe from YAML or JSON.
     *
     * @param source name of the file, for messages
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    public static Recipe parse(String text, String source) {
        return Yaml.parse(text, "recipe " + source, Recipe.class);
    }

    /**
     * Refuses a missing entry: a recipe's file may lack any, even if its type is not nullable.
     *
     * @throws IllegalArgumentException naming it
     */
    public static void given(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing (expected: to be there)");
        }
    }

    /**
     * Refuses a number outside its range.
     *
     * @throws IllegalArgumentException naming it
     */
    public static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }

    /**
     * Refuses a number outside its range, or NaN.
     *
     * @throws IllegalArgumentException naming it
     */
    public static void between(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }
}
