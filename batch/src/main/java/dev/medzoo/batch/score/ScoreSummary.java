package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code summary.json}: how many pictures have which finding. Answered, abstained, unlike and
 * unread add up to all pictures.
 *
 * @param notice that this is for research and no diagnosis
 * @param model that scored
 * @param in what was asked for
 * @param pictures scored, one row each
 * @param answered pictures whose label may be used, by label
 * @param abstained pictures on which the model abstains, and which are not unlike
 * @param unlikeTraining pictures unlike the training pictures, so that the label means nothing
 * @param unread pictures without a finding
 * @param reasons why, the most frequent first
 * @param passedOver entries of archives that are no pictures, such as labels
 */
public record ScoreSummary(
        String notice,
        Model model,
        List<String> in,
        long pictures,
        Map<String, Long> answered,
        long abstained,
        long unlikeTraining,
        long unread,
        List<Reason> reasons,
        long passedOver) {
    /** Which model. */
    public record Model(String name, String version, String digest, String runtime) {}

    /**
     * Why pictures have no finding.
     *
     * @param error what their rows say
     * @param pictures how many
     */
    public record Reason(String error, long pictures) {}

    /** More reasons than that are one line: others. */
    private static final int REASONS = 20;

    /**
     * Sums up a run.
     *
     * @param labels of the model, all of which are named
     * @param counts of all parts
     */
    static ScoreSummary of(ScoreRun run, List<String> labels, PartCounts counts) {
        Map<String, Long> answered = new LinkedHashMap<>();
        labels.forEach(label -> answered.put(label, counts.answered().getOrDefault(label, 0L)));
        return new ScoreSummary(
                Finding.NOTICE,
                new Model(run.model(), run.version(), run.digest(), run.runtime()),
                run.in(),
                counts.pictures(),
                answered,
                counts.abstained(),
                counts.unlikeTraining(),
                counts.reasons().values().stream().mapToLong(Long::longValue).sum(),
                first(counts.reasons()),
                counts.passedOver());
    }

    /** Each finding with its number and its share of all pictures: these add up to all. */
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        answered.forEach((label, count) -> rows.add(row(label, count)));
        rows.add(row("(abstains)", abstained));
        rows.add(row("(unlike its training pictures)", unlikeTraining));
        rows.add(row("(no finding)", unread));
        return rows;
    }

    private List<String> row(String name, long count) {
        double share = pictures == 0 ? 0 : (double) count / pictures;
        return List.of(
                name, String.valueOf(count), String.format(Locale.ROOT, "%.1f %%", 100 * share));
    }

    private static List<Reason> first(Map<String, Long> reasons) {
        List<Reason> all = new ArrayList<>();
        reasons.forEach((error, pictures) -> all.add(new Reason(error, pictures)));
        all.sort(Comparator.comparingLong(Reason::pictures).reversed());
        if (all.size() <= REASONS) {
            return all;
        }
        List<Reason> first = new ArrayList<>(all.subList(0, REASONS));
        long others = all.stream().skip(REASONS).mapToLong(Reason::pictures).sum();
        first.add(new Reason(PartCounts.OTHERS, others));
        return first;
    }
}
