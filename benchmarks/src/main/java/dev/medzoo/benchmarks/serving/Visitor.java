package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.Random;

/** One client of a soak, on a thread of its own. */
interface Visitor extends AutoCloseable {
    /**
     * Comes once and does what it does; the ledger says what became of it.
     *
     * @param random of this client alone
     * @throws Exception what no client should meet, which ends its visits
     */
    void visit(Random random) throws Exception;

    /** How long it stays away between two visits, at most; half of that on average. */
    long mostPauseMillis();

    /** Leaves for good. */
    @Override
    default void close() throws IOException {}
}
