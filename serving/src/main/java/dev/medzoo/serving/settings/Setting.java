package dev.medzoo.serving.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The definition of a setting.
 *
 * @param key its name in files and options; in the environment it is in upper case after {@code
 *     MEDZOO_} or {@code SERVING_}
 * @param usual default value; empty for none
 * @param expected allowed values, for messages
 * @param reader parses and validates its text
 */
record Setting<T>(String key, String usual, String expected, Function<String, T> reader) {
    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException when the value is not allowed
     */
    T read(String text) {
        return reader.apply(text);
    }

    static Setting<Integer> number(String key, int lowest, int highest, int usual) {
        return new Setting<>(
                key,
                String.valueOf(usual),
                lowest + ".." + highest,
                text -> integer(text, lowest, highest));
    }

    static Setting<Duration> seconds(String key, int lowest, int usual) {
        return new Setting<>(
                key,
                String.valueOf(usual),
                lowest + "..86400",
                text -> Duration.ofSeconds(integer(text, lowest, 86_400)));
    }

    /** Decimal seconds. */
    static Setting<Duration> fineSeconds(String key, Duration lowest, int usual) {
        return new Setting<>(
                key,
                String.valueOf(usual),
                lowest.toMillis() / 1e3 + "..86400",
                text -> {
                    Duration time = Duration.ofMillis(millis(text));
                    if (time.compareTo(lowest) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
                        throw new IllegalArgumentException(text);
                    }
                    return time;
                });
    }

    private static long millis(String text) {
        try {
            return new BigDecimal(text).movePointRight(3).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Setting<Duration> millis(String key, int lowest, int highest, int usual) {
        return new Setting<>(
                key,
                String.valueOf(usual),
                lowest + ".." + highest,
                text -> Duration.ofMillis(integer(text, lowest, highest)));
    }

    static Setting<Boolean> flag(String key, boolean usual) {
        return choice(key, String.valueOf(usual), List.of("true", "false"), Boolean::valueOf);
    }

    static <T> Setting<T> choice(
            String key, String usual, List<String> choices, Function<String, T> meaning) {
        return new Setting<>(
                key,
                usual,
                "one of: " + choices,
                text -> {
                    if (!choices.contains(text)) {
                        throw new IllegalArgumentException(text);
                    }
                    return meaning.apply(text);
                });
    }

    static Setting<String> text(String key, String usual) {
        return new Setting<>(key, usual, "a value", text -> text);
    }

    private static int integer(String text, int lowest, int highest) {
        long number = Long.parseLong(text);
        if (number < lowest || number > highest) {
            throw new IllegalArgumentException(text);
        }
        return (int) number;
    }
}
