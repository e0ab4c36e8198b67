package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.network.NetworkConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person must know before using a model: {@code card.json}. It is the only place where a
 * metric is written down. Words of a candidate's card may still be blank; the registry's gate
 * refuses to publish such a card.
 *
 * @param name of the artifact
 * @param version of the artifact
 * @param summary one sentence
 * @param notice that this is for research and never a diagnosis
 * @param intendedUse who may use it for what
 * @param outOfScope what it must not be used for
 * @param data what it was trained and scored on
 * @param licence of the weights, inherited from the data
 * @param commercialUse whether that licence allows it
 * @param network the configuration of the network
 * @param parameters how many numbers were trained
 * @param training how it came to be
 * @param metrics one entry a split, in the order they were scored
 * @param subgroups how well kinds of patients or pictures are told apart; null in the first cards
 * @param limits known weaknesses
 * @param eightBits what 8 bits cost; null before that was looked at
 */
public record ModelCard(
        String name,
        Version version,
        String summary,
        String notice,
        String intendedUse,
        List<String> outOfScope,
        List<DataSource> data,
        String licence,
        boolean commercialUse,
        NetworkConfig network,
        long parameters,
        Training training,
        List<SplitMetrics> metrics,
        @Nullable Subgroups subgroups,
        List<String> limits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EightBits eightBits) {

    public ModelCard {
        outOfScope = List.copyOf(outOfScope);
        data = List.copyOf(data);
        metrics = List.copyOf(metrics);
        limits = List.copyOf(limits);
        if (notice.isBlank()) {
            throw new IllegalArgumentException("card: notice: blank (expected: a sentence)");
        }
    }

    /**
     * Reads {@code card.json}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException naming the value that is wrong or missing
     */
    public static ModelCard parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, ModelCard.class, ArtifactFiles.CARD, where);
    }

    /** The bytes of {@code card.json}. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /**
     * The same card with a split's figures added, or replaced if it has them already.
     *
     * @param figures of all pictures of the split first, then of each data set if there are several
     */
    public ModelCard with(String split, List<SplitMetrics> figures) {
        List<SplitMetrics> all = new ArrayList<>(metrics);
        all.removeIf(known -> known.split().equals(split));
        all.addAll(figures);
        return with(all, subgroups, eightBits);
    }

    /** The same card with other figures of subgroups. */
    public ModelCard with(Subgroups other) {
        return with(metrics, other, eightBits);
    }

    /** The same card with what 8 bits cost. */
    public ModelCard with(EightBits form) {
        return with(metrics, subgroups, form);
    }

    private ModelCard with(
            List<SplitMetrics> figures, @Nullable Subgroups of, @Nullable EightBits form) {
        return new ModelCard(
                name,
                version,
                summary,
                notice,
                intendedUse,
                outOfScope,
                data,
                licence,
                commercialUse,
                network,
                parameters,
                training,
                figures,
                of,
                limits,
                form);
    }

    /**
     * What weights and activations of 8 bits cost, on the pictures of {@code test}.
     *
     * @param kept whether the artifact has the form: it may name at most .005 of balanced accuracy
     *     fewer pictures rightly
     * @param balancedAccuracy of it
     * @param difference of that to the network of float32, picture by picture, with its interval
     *     over groups
     * @param calibrationError of it
     * @param meanChange of a probability, in [0, 1]
     * @param largestChange of a probability
     * @param flagChanged share of the pictures of which only one of both says that they are unlike
     *     its training pictures
     */
    public record EightBits(
            boolean kept,
            Estimate balancedAccuracy,
            Estimate difference,
            Estimate calibrationError,
            double meanChange,
            double largestChange,
            double flagChanged) {
        /** By how much balanced accuracy may fall. */
        public static final double MOST_LOST = 0.005;
    }

    /**
     * A data set.
     *
     * @param name of its folder
     * @param role what it was used for
     * @param licence of its pictures
     * @param citation to be named with any use
     * @param manifestSha256 of its list of files, which holds the digest of every picture
     * @param pictures how many of each split were used
     * @param leftOut files that were not, as the manifest names them; null for none
     */
    public record DataSource(
            String name,
            String role,
            String licence,
            String citation,
            String manifestSha256,
            Map<String, Integer> pictures,
            @Nullable List<String> leftOut) {
        public DataSource {
            pictures = Collections.unmodifiableMap(new TreeMap<>(pictures));
            leftOut = leftOut == null ? null : List.copyOf(leftOut);
        }

        /** One of which every picture was used. */
        public DataSource(
                String name,
                String role,
                String licence,
                String citation,
                String manifestSha256,
                Map<String, Integer> pictures) {
            this(name, role, licence, citation, manifestSha256, pictures, null);
        }
    }

    /**
     * How the weights came to be.
     *
     * @param command the exact command
     * @param recipe the whole text of the recipe
     * @param seed of everything random
     * @param epochs rounds of steps, each followed by a look at the validation pictures
     * @param bestEpoch the round whose weights these are, from 1
     * @param minutes of training
     * @param device and number of engine threads
     * @param versions of the software
     * @param parent the artifact it was transferred from, as name/version, or null
     * @param temperature that calibrates the logits, chosen on the validation pictures
     * @param pretraining the stage without labels that it started from, or null
     * @param cost of the training itself, what it started from left out; null in the first cards
     * @param calibration why the temperature is that one, in words; null in the first cards
     * @param refitted the version whose weights these are, where only what is fitted to a finished
     *     network is new; else null
     */
    public record Training(
            String command,
            String recipe,
            long seed,
            int epochs,
            int bestEpoch,
            double minutes,
            String device,
            Map<String, String> versions,
            @Nullable String parent,
            double temperature,
            @Nullable Pretraining pretraining,
            @Nullable Cost cost,
            @Nullable String calibration,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ParentArtifact refitted) {
        public Training {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }

        /**
         * That of a version with the same weights.
         *
         * @param text the whole text of its recipe
         * @param of the version whose weights they are
         */
        public Training refitted(
                String text, double newTemperature, String reason, ParentArtifact of) {
            return new Training(
                    command,
                    text,
                    seed,
                    epochs,
                    bestEpoch,
                    minutes,
                    device,
                    versions,
                    parent,
                    newTemperature,
                    pretraining,
                    cost,
                    reason,
                    of);
        }

        /** One that did not start from a backbone. */
        public Training(
                String command,
                String recipe,
                long seed,
                int epochs,
                int bestEpoch,
                double minutes,
                String device,
                Map<String, String> versions,
                @Nullable String parent,
                double temperature) {
            this(
                    command,
                    recipe,
                    seed,
                    epochs,
                    bestEpoch,
                    minutes,
                    device,
                    versions,
                    parent,
                    temperature,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * What a training took.
     *
     * @param coreHours of processor time, those for decoding and judging among them
     * @param pictures seen, each as often as it was
     * @param machine processor, and how many cores it had
     */
    public record Cost(double coreHours, long pictures, String machine) {}

    /**
     * The stage without labels that came before.
     *
     * @param name of the backbone
     * @param version of the backbone
     * @param command the exact command
     * @param recipe the whole text of its recipe
     * @param pool where its pictures came from
     * @param licence that the weights inherit from them
     * @param minutes of training
     * @param device and number of cores
     * @param weightsSha256 digest of the backbone's weights
     * @param cost of this stage; null where it was not counted
     */
    public record Pretraining(
            String name,
            Version version,
            String command,
            String recipe,
            List<PoolSource> pool,
            String licence,
            double minutes,
            String device,
            String weightsSha256,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cost cost) {
        public Pretraining {
            pool = List.copyOf(pool);
        }
    }

    /**
     * One folder's part of a pool.
     *
     * @param dataSet name of the folder
     * @param split whose pictures are in the pool
     * @param manifestSha256 of its list of files
     * @param pictures how many
     */
    public record PoolSource(String dataSet, String split, String manifestSha256, int pictures) {}

    /**
     * A figure and its 95 % interval, from a bootstrap over whole groups (lesions, slides,
     * near-duplicate clusters).
     *
     * @param value measured on all pictures
     * @param low 2.5th percentile
     * @param high 97.5th percentile
     */
    public record Estimate(double value, double low, double high) {
        public Estimate {
            if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high)) {
                throw new IllegalArgumentException(
                        "estimate: %s in [%s, %s] (expected: finite)".formatted(value, low, high));
            }
        }
    }

    /**
     * How well one split was told apart.
     *
     * @param split name of the split
     * @param pictures how many
     * @param groups how many independent ones among them
     * @param accuracy share of pictures whose label was named
     * @param balancedAccuracy mean recall of the classes
     * @param macroF1 mean F1 of the classes
     * @param auroc mean over the classes of each against the rest
     * @param calibrationError expected calibration error, 15 bins of equal width, after temperature
     * @param classes one entry a label
     * @param confusion pictures by true label (row) and named label (column), in label order
     * @param reliability how far probabilities, sets and abstentions can be relied on; null in the
     *     first cards
     * @param dataSet whose pictures alone these are, or null for all together
     */
    public record SplitMetrics(
            String split,
            int pictures,
            int groups,
            Estimate accuracy,
            Estimate balancedAccuracy,
            Estimate macroF1,
            Estimate auroc,
            Estimate calibrationError,
            List<ClassMetrics> classes,
            List<List<Integer>> confusion,
            @Nullable Reliability reliability,
            @Nullable String dataSet) {
        public SplitMetrics {
            classes = List.copyOf(classes);
            confusion = confusion.stream().map(List::copyOf).toList();
        }

        /** Those of all data sets together. */
        public SplitMetrics(
                String split,
                int pictures,
                int groups,
                Estimate accuracy,
                Estimate balancedAccuracy,
                Estimate macroF1,
                Estimate auroc,
                Estimate calibrationError,
                List<ClassMetrics> classes,
                List<List<Integer>> confusion,
                @Nullable Reliability reliability) {
            this(
                    split,
                    pictures,
                    groups,
                    accuracy,
                    balancedAccuracy,
                    macroF1,
                    auroc,
                    calibrationError,
                    classes,
                    confusion,
                    reliability,
                    null);
        }

        /** The same figures as those of one data set alone. */
        public SplitMetrics of(String one) {
            return new SplitMetrics(
                    split,
                    pictures,
                    groups,
                    accuracy,
                    balancedAccuracy,
                    macroF1,
                    auroc,
                    calibrationError,
                    classes,
                    confusion,
                    reliability,
                    one);
        }

        /** Whether these are the figures of the same pictures, by name. */
        public boolean isOfSame(SplitMetrics other) {
            return split.equals(other.split) && Objects.equals(dataSet, other.dataSet);
        }

        /** What they are of: the split, and the data set where it is one alone. */
        public String title() {
            return dataSet == null ? split : split + " of " + dataSet;
        }
    }

    /**
     * How well one class was told apart.
     *
     * @param label the class
     * @param pictures how many truly are of it
     * @param precision share of those named so that are; 0 where none was
     * @param recall share of those that are so that were named
     * @param f1 harmonic mean of the two
     * @param auroc of it against the rest; null where either has no pictures, and in the first
     *     cards
     */
    public record ClassMetrics(
            String label,
            int pictures,
            Estimate precision,
            Estimate recall,
            Estimate f1,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Estimate auroc) {}
}
