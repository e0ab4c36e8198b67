package dev.medzoo.benchmarks.serving;

/**
 * Three phases side by side in time, as the machine itself changes over minutes.
 *
 * @param unloaded one request at a time
 * @param peak as many at a time as gave the most answers
 * @param overload three times as many requests a second as that, whatever the answers
 */
record OverloadRound(Phase unloaded, Phase peak, Phase overload) {
    /** What of the peak is left under overload. */
    double share() {
        return overload.accepted() / peak.accepted();
    }

    /** By how much the slowest accepted requests are slower than those of an idle server. */
    double slowness() {
        return overload.p99() / unloaded.p99();
    }
}
