package dev.medzoo.training.study;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shard of a study's runs that one of several processes trains. Seeds are distributed over
 * shards, and a run only starts from runs of its own seed, so no run is trained twice.
 *
 * @param number of this part, from 1
 * @param count of all parts
 */
public record StudyShard(int number, int count) {
    /** All runs. */
    public static final StudyShard ALL = new StudyShard(1, 1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    public StudyShard {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "part: %d/%d (expected: I/N, such as 1/2)".formatted(number, count));
        }
    }

    /** Reads such as {@code 1/2}. */
    public static StudyShard of(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("part: " + text + " (expected: I/N, such as 1/2)");
        }
        return new StudyShard(
                Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    }

    /** Whether a seed is this part's. */
    boolean has(long seed, List<Long> seeds) {
        if (count > seeds.size()) {
            throw new IllegalArgumentException(
                    "part: %d/%d (expected: at most %d parts, one for each seed)"
                            .formatted(number, count, seeds.size()));
        }
        return seeds.indexOf(seed) % count == number - 1;
    }
}
