package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;

/** A server on this machine that is being measured. */
interface MeasuredServer {
    /** Where it listens. */
    int port();

    /** How long its threads ran on a core, all together. */
    Duration cpu();

    /**
     * How long those of its threads ran on a core that receive requests, refuse some and send what
     * becomes of them; zero where nobody can tell them apart.
     */
    default Duration handlingCpu() throws IOException {
        return Duration.ZERO;
    }
}
