package dev.medzoo.cli.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long job is, with the time left by its pace so far: on a terminal one line that is
 * redrawn in place and erased at the end, elsewhere a line every half minute.
 */
public final class ScoringLine {
    private static final int WIDTH = 30;
    private static final long REDRAWN_NANOS = 200_000_000;
    private static final long REPEATED_NANOS = 30_000_000_000L;
    private static final double NANOS = 1e9;
    private static final int SECONDS = 60;
    private static final int MINUTES = 60;

    private final PrintWriter err;
    private final String what;
    private final boolean terminal;
    private final LongSupplier clock;
    private final long begin;
    private long last;
    private int drawn;

    /**
     * @param what is counted, such as {@code fields}
     */
    public ScoringLine(PrintWriter err, String what) {
        this(err, what, Boolean.getBoolean(FetchBar.TERMINAL), System::nanoTime);
    }

    /**
     * @param clock in nanoseconds
     */
    ScoringLine(PrintWriter err, String what, boolean terminal, LongSupplier clock) {
        this.err = err;
        this.what = what;
        this.terminal = terminal;
        this.clock = clock;
        begin = clock.getAsLong();
        last = begin;
    }

    /** So many are done. Draws now and then, not every time. */
    public void update(int done, int all) {
        long now = clock.getAsLong();
        if (now - last < (terminal ? REDRAWN_NANOS : REPEATED_NANOS)) {
            return;
        }
        last = now;
        String line = line(done, all, (now - begin) / NANOS);
        if (terminal) {
            draw(line);
        } else {
            err.println(line);
        }
    }

    /** Erases the line. */
    public void end() {
        if (drawn > 0) {
            draw("");
            err.print("\r");
            err.flush();
        }
    }

    /** [#######.......] 120 of 240 fields, 50 %, 1 min 5 s left. */
    private String line(int done, int all, double seconds) {
        double share = all == 0 ? 1 : (double) done / all;
        int filled = (int) (share * WIDTH);
        String left = done == 0 ? "" : ", " + time(seconds / done * (all - done)) + " left";
        return String.format(
                Locale.ROOT,
                "[%s%s] %d of %d %s, %.0f %%%s",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                all,
                what,
                100 * share,
                left);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < SECONDS) {
            return whole + " s";
        }
        long minutes = whole / SECONDS;
        return minutes < MINUTES
                ? minutes + " min " + whole % SECONDS + " s"
                : minutes / MINUTES + " h " + minutes % MINUTES + " min";
    }

    private void draw(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        err.flush();
        drawn = line.length();
    }
}
