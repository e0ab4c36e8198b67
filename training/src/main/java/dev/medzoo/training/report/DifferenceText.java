package dev.medzoo.training.report;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.measure.PairedDifference;
import java.util.List;
import java.util.Locale;

/** A paired difference in words and as a row of a table. */
public final class DifferenceText {
    private DifferenceText() {}

    /** The figures, their sample and the conclusion. */
    public static String sentence(PairedDifference of) {
        return "macro-F1 %s, balanced accuracy %s, on %d pictures in %d groups: %s."
                .formatted(
                        figure(of.macroF1()),
                        figure(of.balancedAccuracy()),
                        of.pictures(),
                        of.groups(),
                        conclusion(of));
    }

    /** The header of {@link #row}. */
    public static List<String> head() {
        return List.of(
                "run",
                "minus",
                "pictures",
                "groups",
                "macro-F1",
                "balanced accuracy",
                "only the run is right",
                "only the other is right",
                "conclusion");
    }

    /**
     * A row of a table.
     *
     * @param of the difference of {@code run} from {@code other}
     */
    public static List<String> row(String run, String other, PairedDifference of) {
        return List.of(
                run,
                other,
                String.valueOf(of.pictures()),
                String.valueOf(of.groups()),
                figure(of.macroF1()),
                figure(of.balancedAccuracy()),
                String.valueOf(of.gained()),
                String.valueOf(of.lost()),
                conclusion(of));
    }

    private static String conclusion(PairedDifference of) {
        if (!of.isDecidable()) {
            return "undecided, %d groups (expected: at least %d)"
                    .formatted(of.groups(), PairedDifference.LEAST_GROUPS);
        }
        if (of.isBetter() && of.isWorse()) {
            return "better by one measure, worse by the other";
        }
        return of.isBetter() ? "better" : of.isWorse() ? "worse" : "within chance";
    }

    private static String figure(Estimate of) {
        return String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]", of.value(), of.low(), of.high());
    }
}
