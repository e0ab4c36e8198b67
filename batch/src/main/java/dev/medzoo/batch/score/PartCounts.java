package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.Finding;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many pictures of a part have which finding; in the footer of its file.
 *
 * @param pictures that have a row
 * @param answered whose label may be used, by label
 * @param abstained on which the model abstains, and which are not unlike
 * @param unlikeTraining unlike the training pictures
 * @param reasons why others have no finding, each with how many
 * @param passedOver entries of an archive that are no pictures
 */
record PartCounts(
        long pictures,
        Map<String, Long> answered,
        long abstained,
        long unlikeTraining,
        Map<String, Long> reasons,
        long passedOver) {
    static final PartCounts NONE = new PartCounts(0, Map.of(), 0, 0, Map.of(), 0);

    static final String OTHERS = "other reasons, see the column error";

    /** Different reasons that are counted apart, so that a footer stays small. */
    private static final int MOST_REASONS = 50;

    private static final int MOST_CHARACTERS = 300;

    PartCounts {
        answered = new TreeMap<>(answered);
        reasons = new TreeMap<>(reasons);
    }

    /** Counts rows as they are written. */
    static final class Counter {
        private final Map<String, Long> answered = new TreeMap<>();
        private final Map<String, Long> reasons = new TreeMap<>();
        private long pictures;
        private long abstained;
        private long unlike;

        void add(ScoredPicture scored) {
            pictures++;
            Finding finding = scored.finding();
            if (finding == null) {
                addReason(reasons, String.valueOf(scored.error()), 1);
            } else if (finding.isUnlikeTraining()) {
                unlike++;
            } else if (finding.abstained()) {
                abstained++;
            } else {
                answered.merge(finding.label(), 1L, Long::sum);
            }
        }

        PartCounts counts(long passedOver) {
            return new PartCounts(pictures, answered, abstained, unlike, reasons, passedOver);
        }
    }

    PartCounts plus(PartCounts other) {
        Map<String, Long> labels = new TreeMap<>(answered);
        other.answered.forEach((label, count) -> labels.merge(label, count, Long::sum));
        Map<String, Long> all = new TreeMap<>(reasons);
        other.reasons.forEach((reason, count) -> addReason(all, reason, count));
        return new PartCounts(
                pictures + other.pictures,
                labels,
                abstained + other.abstained,
                unlikeTraining + other.unlikeTraining,
                all,
                passedOver + other.passedOver);
    }

    private static void addReason(Map<String, Long> reasons, String reason, long count) {
        String shown =
                reason.length() > MOST_CHARACTERS
                        ? reason.substring(0, MOST_CHARACTERS) + "…"
                        : reason;
        boolean isNew = !reasons.containsKey(shown) && reasons.size() >= MOST_REASONS;
        reasons.merge(isNew ? OTHERS : shown, count, Long::sum);
    }
}
