package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/** How requests follow one another. */
sealed interface Load {
    /** How many clients there are, each on a thread of its own with a connection of its own. */
    int connections();

    /** Requests a second that are due, or {@code NaN} when the answers decide that. */
    double rate();

    /** What one client does until the window ends. */
    void drive(KeptConnection client, byte[] request, Window window, Tally tally)
            throws InterruptedException;

    /** The next request as soon as the last is answered or refused, whatever was said of later. */
    record Closed(int connections) implements Load {
        @Override
        public double rate() {
            return Double.NaN;
        }

        @Override
        public void drive(KeptConnection client, byte[] request, Window window, Tally tally) {
            for (long now = System.nanoTime(); now < window.end(); now = System.nanoTime()) {
                exchange(client, request, now, tally);
            }
        }
    }

    /**
     * Requests when they are due, whatever becomes of those before: at random, as patients come (a
     * Poisson process), the same for the same seed. Whichever client is free sends the next.
     */
    final class Open implements Load {
        private final int connections;
        private final double rate;
        private final long[] dueAfter;
        private final AtomicInteger next = new AtomicInteger();

        /**
         * For one phase, to its very end.
         *
         * @param rate requests a second
         */
        Open(int connections, double rate, Duration whole, long seed) {
            this.connections = connections;
            this.rate = rate;
            Random random = new Random(seed);
            dueAfter =
                    DoubleStream.iterate(0, at -> at - Math.log(1 - random.nextDouble()) / rate)
                            .skip(1)
                            .mapToLong(at -> (long) (at * 1e9))
                            .takeWhile(at -> at < whole.toNanos())
                            .toArray();
        }

        /** When each request is due, in nanoseconds after the beginning. */
        long[] dueAfter() {
            return dueAfter.clone();
        }

        @Override
        public int connections() {
            return connections;
        }

        @Override
        public double rate() {
            return rate;
        }

        @Override
        public void drive(KeptConnection client, byte[] request, Window window, Tally tally)
                throws InterruptedException {
            for (int i = next.getAndIncrement(); i < dueAfter.length; i = next.getAndIncrement()) {
                long due = window.begin() + dueAfter[i];
                if (System.nanoTime() >= window.end()) {
                    tally.unsent(due);
                } else {
                    Window.await(due);
                    exchange(client, request, due, tally);
                }
            }
        }
    }

    /** Sends one request that is due at that time. */
    private static void exchange(KeptConnection client, byte[] request, long due, Tally tally) {
        long sent = System.nanoTime();
        try {
            tally.answered(due, sent, client.exchange(request));
        } catch (IOException e) {
            tally.lost(due, sent, e);
        }
    }
}
