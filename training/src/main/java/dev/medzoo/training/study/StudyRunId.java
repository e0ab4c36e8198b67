package dev.medzoo.training.study;

import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.StudyPlan.Task;

/**
 * Identifies a run of a study plan.
 *
 * @param task that is learnt
 * @param arm way of learning it
 * @param share of the labels, in (0, 1]
 * @param seed of the repetition
 * @param protocol by which it is judged
 * @param fold of the cross-validation, from 1; 0 without one
 */
record StudyRunId(Task task, Arm arm, double share, long seed, Protocol protocol, int fold) {
    StudyRunId {
        if ((fold > 0) != (protocol == Protocol.CROSS_VALIDATION)) {
            throw new IllegalArgumentException(
                    "fold: %d of the %s (expected: at least 1 in a cross-validation, else 0)"
                            .formatted(fold, protocol.title()));
        }
    }

    /** On the data set's own split. */
    static StudyRunId fixed(Task task, Arm arm, double share, long seed) {
        return new StudyRunId(task, arm, share, seed, Protocol.FIXED_SPLIT, 0);
    }

    /** On one fold, with all labels. */
    static StudyRunId fold(Task task, Arm arm, long seed, int fold) {
        return new StudyRunId(task, arm, 1, seed, Protocol.CROSS_VALIDATION, fold);
    }

    /** On a leaky split, another one for each seed. */
    static StudyRunId leaky(Task task, Arm arm, double share, long seed) {
        return new StudyRunId(task, arm, share, seed, Protocol.LEAKY_SPLIT, 0);
    }

    /** Such as {@code foot/transfer-10-seed1}: its file without the ending, below {@code runs}. */
    String path() {
        return "%s/%s-%s-seed%d%s"
                .formatted(
                        task.name(),
                        arm.name(),
                        percent(share),
                        seed,
                        isLeaky() ? "-leak" : fold == 0 ? "" : "-fold" + fold);
    }

    String file() {
        return "runs/" + path() + ".json";
    }

    boolean isLeaky() {
        return protocol == Protocol.LEAKY_SPLIT;
    }

    /** A share as a person says it, without the sign. */
    static String percent(double share) {
        return String.valueOf(Math.round(100 * share));
    }
}
