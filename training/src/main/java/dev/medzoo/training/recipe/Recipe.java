package dev.medzoo.training.recipe;

import dev.medzoo.training.data.Augmentation;
import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PicturePool.Part;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.network.NetworkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides how a model is trained, but its data and the weights it starts from.
 *
 * @param name of the artifact
 * @param version of the artifact
 * @param dataSet name of the folder of pictures, where there is one alone; else null
 * @param dataSets the data sets, where there are several or one is not taken as it is; else null
 * @param labels in the order of the logits; null for those of the first data set, in alphabetical
 *     order
 * @param inputSide side of the square that the network sees, in pixels
 * @param fit what bringing a picture to that square keeps; null for {@code squash}
 * @param colour step of the transform; null for none
 * @param augmentation what is done to a training picture before it is resized
 * @param balance how evenly classes are drawn: 0 as they are in the data, 1 all alike
 * @param labelSmoothing share of the target spread over all classes, in [0, 1)
 * @param mixing of pictures in pairs; absent for none
 * @param flips whether the finished network answers with the mean over a picture's four mirror
 *     images; absent for no
 * @param batchSize pictures a step
 * @param steps of the optimiser in the whole run
 * @param judgeEvery steps of a round, after which it is judged on {@code val}
 * @param patience rounds without a better one on {@code val} before it stops early
 * @param chosenBy what makes a round better; absent for macro-F1
 * @param optimiser how the weights move
 * @param transfer how weights it starts from are treated; absent when it starts from scratch
 * @param precision of the convolutions in training; absent for float32
 * @param foreign pictures of other kinds, beside drawings, that the sense for such pictures is
 *     fitted to, their labels unread; absent for none
 * @param network that is trained; null for the paper's
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

    /** Pictures of other kinds; empty where the recipe names none. */
    @Override
    public List<Part> foreign() {
        return foreign == null ? List.of() : foreign;
    }

    /** The data sets, whichever way they are named. */
    public List<DataSetUse> sets() {
        return dataSets != null ? dataSets : List.of(DataSetUse.all(String.valueOf(dataSet)));
    }

    /** What makes a round better. */
    @Override
    public Choice chosenBy() {
        return chosenBy == null ? Choice.MACRO_F1 : chosenBy;
    }

    /** Whether a folder is that of its data set, the only one. */
    public boolean isOnly(Path folder) {
        return sets().size() == 1 && sets().get(0).isIn(folder);
    }

    /** The kind of network; the paper's where the recipe names none. */
    public NetworkType networkType() {
        return network == null ? NetworkType.DCNN : NetworkType.parseTrained(network.type());
    }

    /** What is done to a picture before the network sees it, in training and after. */
    public Transform transform() {
        Transform.Fit kept = fit == null ? Transform.Fit.SQUASH : fit;
        return Transform.square(inputSide, kept, colour);
    }

    /**
     * AdamW (Loshchilov and Hutter 2019) under a one-cycle schedule: a linear warm-up to the peak,
     * then half a cosine down to nothing.
     *
     * @param peakLearningRate the highest rate
     * @param warmUp share of all steps until the peak, in [0, 1)
     * @param weightDecay decoupled decay of weights; biases and batch norms have none
     * @param averageDecay of the moving average of the weights that is judged and kept, in [0, 1)
     * @param clipNorm length that a step's gradient is cut to, over all weights together (Pascanu
     *     et al. 2013), so that one wild batch cannot undo what was learnt; absent for no limit
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
     * Which network is trained, in its usual shape.
     *
     * @param type as {@link NetworkType} names it
     */
    public record NetworkChoice(String type) {
        public NetworkChoice {
            NetworkType.parseTrained(type);
        }
    }

    /** What makes a round on {@code val} better than another. */
    public enum Choice {
        /** A higher macro-F1; of equal ones, the lower loss. */
        MACRO_F1,
        /**
         * A lower cross-entropy: where nearly all pictures are named rightly, macro-F1 hangs on one
         * or two.
         */
        LOSS
    }

    /** What convolutions compute in; weights are float32 in any case. */
    public enum Precision {
        /** Exact, and the only one that is bit for bit the same as serving. */
        FLOAT32,
        /** Faster on processors that have AMX, and slow on all others. */
        BFLOAT16,
        /** Whichever is faster on the device that trains: {@link PrecisionChoice} settles it. */
        AUTO;

        /**
         * Whether the convolutions are narrowed.
         *
         * @throws IllegalStateException when it is not settled
         */
        public boolean isBFloat16() {
            if (this == AUTO) {
                throw new IllegalStateException("precision: auto (expected: settled by now)");
            }
            return this == BFLOAT16;
        }
    }

    /**
     * What happens to borrowed weights.
     *
     * @param frozenParts parts of the network that stay as they came: the stem, then each stage
     * @param bodyRate learning rate of the rest of the body, relative to the head's
     * @param layerDecay by how much each part learns more slowly than the one above it, as a
     *     factor; absent for 1, all alike
     * @param unfreezeEvery steps after which one more part learns, from the top (Howard and Ruder
     *     2018); absent for all at once
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
         * @param below how many parts are between it and the head
         */
        public double rate(int below) {
            return bodyRate * (layerDecay == null ? 1 : Math.pow(layerDecay, below));
        }

        /**
         * How many parts do not learn yet.
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
     * How pictures are mixed in pairs, their targets with them.
     *
     * @param mixUp parameter of the Beta distribution of a blend (Zhang et al. 2018), in [0, 1]; 0
     *     for none
     * @param cutMix the same for pieces set in (Yun et al. 2019)
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
     * The words of the model card that no measurement gives: answers to the {@link CardQuestion}s.
     * They may be blank until the model is published.
     *
     * @param summary one sentence
     * @param intendedUse who may use it for what
     * @param outOfScope what it must not be used for
     * @param dataLicence licence of the pictures, which the weights inherit
     * @param commercialUse whether that licence allows it
     * @param citation to be named with any use
     * @param subgroups why there are no figures for kinds of patients or pictures; absent or blank
     *     where nobody says, which the registry's gate refuses
     * @param limits known weaknesses
     */
    public record CardText(
            String summary,
            String intendedUse,
            List<String> outOfScope,
            String dataLicence,
            boolean commercialUse,
            String citation,
            @Nullable String subgroups,
            List<String> limits) {
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

        /** What no published card may lack, a sentence a fault. */
        public List<String> faults() {
            return blank().stream().map("card: %s: blank (expected: words)"::formatted).toList();
        }

        /** Entries that say nothing. */
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
     * Refuses a missing entry: a recipe's file may lack any, whatever its type says.
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
     * Refuses a number outside its range, or none at all.
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
