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
 * {@code card.json}: what a person must know before using a model. It is the only place where
 * metrics are stored. A candidate's card may have blank texts; the registry's gate refuses to
 * publish such a card.
 *
 * @param name of the artifact
 * @param version of the artifact
 * @param summary one sentence
 * @param notice that this is for research and never a diagnosis
 * @param intendedUse who may use it for what
 * @param outOfScope what it must not be used for
 * @param data data sets that it was trained and evaluated on
 * @param licence of the weights, inherited from the data
 * @param commercialUse whether that licence allows it
 * @param network the configuration of the network
 * @param parameters number of trained parameters
 * @param training how it was trained
 * @param metrics one entry per split, in the order of evaluation
 * @param subgroups performance on kinds of patients or pictures; null in the first cards
 * @param limits known weaknesses
 * @param eightBits accuracy lost by 8 bits; null if not measured
 * @param scale of its training pictures, for models of whole slides; null if it has none or its
 *     publisher gave none
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EightBits eightBits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrainedScale scale) {

    public ModelCard {
        outOfScope = List.copyOf(outOfScope);
        data = List.copyOf(data);
        metrics = List.copyOf(metrics);
        limits = List.copyOf(limits);
        if (notice.isBlank()) {
            throw new IllegalArgumentException("card: notice: blank (expected: a sentence)");
        }
    }

    /** Creates one without a scale. */
    public ModelCard(
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
            @Nullable EightBits eightBits) {
        this(
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
                metrics,
                subgroups,
                limits,
                eightBits,
                null);
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
     * Returns the card with a split's figures added or replaced.
     *
     * @param figures of all pictures of the split first, then of each data set if there are several
     */
    public ModelCard with(String split, List<SplitMetrics> figures) {
        List<SplitMetrics> all = new ArrayList<>(metrics);
        all.removeIf(known -> known.split().equals(split));
        all.addAll(figures);
        return with(all, subgroups, eightBits);
    }

    /** Returns the card with other subgroup figures. */
    public ModelCard with(Subgroups other) {
        return with(metrics, other, eightBits);
    }

    /** Returns the card with the figures of the 8-bit form. */
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
                form,
                scale);
    }

    /**
     * Accuracy lost by 8-bit weights and activations, on the pictures of {@code test}.
     *
     * @param kept whether the artifact includes the form: its balanced accuracy may be at most .005
     *     lower
     * @param balancedAccuracy of it
     * @param difference paired difference of that to the float32 network, with its interval over
     *     groups
     * @param calibrationError of it
     * @param meanChange of a probability, in [0, 1]
     * @param largestChange of a probability
     * @param flagChanged share of the pictures that only one of both flags as out of distribution
     */
    public record EightBits(
            boolean kept,
            Estimate balancedAccuracy,
            Estimate difference,
            Estimate calibrationError,
            double meanChange,
            double largestChange,
            double flagChanged) {
        /** Largest allowed loss of balanced accuracy. */
        public static final double MOST_LOST = 0.005;
    }

    /**
     * A data set.
     *
     * @param name of its folder
     * @param role what it was used for
     * @param licence of its pictures
     * @param citation required with any use
     * @param manifestSha256 of its manifest, which contains the digest of every picture
     * @param pictures number used, by split
     * @param leftOut files not used, as named in the manifest; null for none
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

        /** Creates one of which every picture was used. */
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
     * How the weights were trained.
     *
     * @param command the exact command
     * @param recipe the whole text of the recipe
     * @param seed of everything random
     * @param epochs rounds of steps, each followed by a validation
     * @param bestEpoch the round whose weights were kept, from 1
     * @param minutes of training
     * @param device and number of engine threads
     * @param versions of the software
     * @param parent the parent artifact of the transfer, as name/version, or null
     * @param temperature that calibrates the logits, chosen on the validation pictures
     * @param pretraining the self-supervised stage that it started from, or null
     * @param cost of this training alone, without its parent's; null in the first cards
     * @param calibration how the temperature was chosen, in words; null in the first cards
     * @param refitted the version whose weights were kept, if only the fitted settings are new;
     *     else null
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
         * Returns the record of a version with the same weights.
         *
         * @param text the whole text of its recipe
         * @param of the version that the weights come from
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

        /** Creates one that did not start from a backbone. */
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
     * Cost of a training.
     *
     * @param coreHours of processor time, decoding and validation included
     * @param pictures processed, counted with repetition
     * @param machine processor, and how many cores it had
     */
    public record Cost(double coreHours, long pictures, String machine) {}

    /**
     * The self-supervised stage before the training.
     *
     * @param name of the backbone
     * @param version of the backbone
     * @param command the exact command
     * @param recipe the whole text of its recipe
     * @param pool sources of its pictures
     * @param licence that the weights inherit from them
     * @param minutes of training
     * @param device and number of cores
     * @param weightsSha256 digest of the backbone's weights
     * @param cost of this stage; null if not measured
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
     * @param manifestSha256 of its manifest
     * @param pictures their number
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
     * Classification figures of one split.
     *
     * @param split name of the split
     * @param pictures how many
     * @param groups number of independent groups among them
     * @param accuracy share of correctly classified pictures
     * @param balancedAccuracy mean recall of the classes
     * @param macroF1 mean F1 of the classes
     * @param auroc mean one-vs-rest AUROC over the classes
     * @param calibrationError expected calibration error, 15 bins of equal width, after temperature
     *     scaling
     * @param classes one entry per label
     * @param confusion pictures by true label (row) and predicted label (column), in label order
     * @param reliability figures of probabilities, sets and abstention; null in the first cards
     * @param dataSet the only data set of the figures, or null for all together
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

        /** Creates figures of all data sets together. */
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

        /** Returns the figures as those of one data set. */
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

        /** Whether both are about the same split and data set. */
        public boolean isOfSame(SplitMetrics other) {
            return split.equals(other.split) && Objects.equals(dataSet, other.dataSet);
        }

        /** Title: the split, and the data set if it is a single one. */
        public String title() {
            return dataSet == null ? split : split + " of " + dataSet;
        }
    }

    /**
     * Classification figures of one class.
     *
     * @param label the class
     * @param pictures number that truly belong to it
     * @param precision share of predictions of it that are correct; 0 if there are none
     * @param recall share of its pictures that are predicted correctly
     * @param f1 harmonic mean of the two
     * @param auroc one-vs-rest; null if either side has no pictures, and in the first cards
     */
    public record ClassMetrics(
            String label,
            int pictures,
            Estimate precision,
            Estimate recall,
            Estimate f1,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Estimate auroc) {}
}
