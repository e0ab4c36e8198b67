package dev.medzoo.serving;

import java.util.Locale;

/** The settings that are whole numbers: their limits and what they are when nobody sets them. */
enum Setting {
    PORT(0, 65_535, 8080),
    WORKERS(1, 1024, Runtime.getRuntime().availableProcessors()),
    THREADS(1, 1024, 1),
    JOB_QUEUE_SIZE(1, 1_000_000, 100),
    MAX_REQUEST_SIZE(1, 1 << 30, 64 << 20),
    DRAIN_TIMEOUT(0, 86_400, 30),
    IDLE_TIMEOUT(1, 86_400, 60),
    STORE_REFRESH(1, 86_400, 30);

    private final int lowest;
    private final int highest;
    private final int usual;

    Setting(int lowest, int highest, int usual) {
        this.lowest = lowest;
        this.highest = highest;
        this.usual = usual;
    }

    /** Its name in files and options. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    int usual() {
        return usual;
    }

    boolean allows(long value) {
        return lowest <= value && value <= highest;
    }

    /** What it may be, for messages. */
    String expected() {
        return lowest + ".." + highest;
    }

    void check(long value) {
        if (!allows(value)) {
            throw new IllegalArgumentException(
                    "%s: %d (expected: %s)".formatted(key(), value, expected()));
        }
    }
}
