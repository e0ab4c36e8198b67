package dev.medzoo.benchmarks.serving;

/** Who sends a request in a soak, and with what it may be answered beside a refusal. */
enum Sender {
    GOOD("good pictures"),
    BAD("bad pictures"),
    UNKNOWN("unknown models"),
    SLOW("slow clients"),
    LEAVING("leaving clients"),
    SWAPS("version swaps"),
    WATCH("pings, metrics");

    private final String title;

    Sender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean allows(int status) {
        return switch (this) {
            case GOOD, WATCH -> status == 200;
            case BAD -> status == 400;
            case UNKNOWN -> status == 404;
            case SLOW -> status == 200 || status == 408;
            case SWAPS -> status == 200 || status == 404;
            case LEAVING -> false;
        };
    }
}
