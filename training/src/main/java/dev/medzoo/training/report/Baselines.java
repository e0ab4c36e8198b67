package dev.medzoo.training.report;

import java.util.List;

/**
 * What the figures of a report are compared with, beside the majority class.
 *
 * @param rows figures of other models on the same pictures
 * @param remarks how the comparison was made, or why it could not be, a sentence each
 */
public record Baselines(List<Baseline> rows, List<String> remarks) {
    /** The majority class alone. */
    public static final Baselines NONE = new Baselines(List.of(), List.of());

    public Baselines {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }
}
