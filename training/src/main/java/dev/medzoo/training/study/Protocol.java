package dev.medzoo.training.study;

/** Which pictures an arm is judged on. */
enum Protocol {
    /** The {@code test} split of the data set. */
    FIXED_SPLIT("fixed split"),

    /** Every picture once, by the network that was trained without its fold. */
    CROSS_VALIDATION("cross-validation"),

    /** A random {@code test} that shares pictures and groups with {@code train}: no evidence. */
    LEAKY_SPLIT("leaky split");

    private final String title;

    Protocol(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
