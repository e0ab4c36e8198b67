package dev.medzoo.training.study;

import dev.medzoo.training.study.Plan.Arm;
import dev.medzoo.training.study.Plan.Task;

/**
 * Which run of a plan.
 *
 * @param task that is learnt
 * @param arm way of learning it
 * @param share of the labels, in (0, 1]
 * @param seed of the repetition
 * @param fold of the cross-validation, from 1; 0 for the fixed split
 */
record RunId(Task task, Arm arm, double share, long seed, int fold) {

    /** Such as {@code foot/transfer-10-seed1}: its file without the ending, below {@code runs}. */
    String path() {
        return "%s/%s-%s-seed%d%s"
                .formatted(
                        task.name(),
                        arm.name(),
                        percent(share),
                        seed,
                        fold == 0 ? "" : "-fold" + fold);
    }

    String file() {
        return "runs/" + path() + ".json";
    }

    Protocol protocol() {
        return fold == 0 ? Protocol.FIXED_SPLIT : Protocol.CROSS_VALIDATION;
    }

    /** A share as a person says it, without the sign. */
    static String percent(double share) {
        return String.valueOf(Math.round(100 * share));
    }
}
