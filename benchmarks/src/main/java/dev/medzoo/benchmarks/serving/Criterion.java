package dev.medzoo.benchmarks.serving;

import java.util.List;

/**
 * One thing that must be so.
 *
 * @param name what
 * @param seen the value that was measured, and the one that was expected
 */
record Criterion(String name, boolean passed, String seen) {
    /** Prints them, a line each; whether all passed. */
    static boolean print(List<Criterion> criteria) {
        return print(criteria, "pass", "FAIL");
    }

    /** The same in other words. */
    static boolean print(List<Criterion> criteria, String passed, String failed) {
        for (Criterion each : criteria) {
            System.out.println(
                    "%s  %s: %s".formatted(each.passed ? passed : failed, each.name, each.seen));
        }
        return criteria.stream().allMatch(Criterion::passed);
    }
}
