package dev.medzoo.cli.console;

import ai.djl.util.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on one terminal line, redrawn in place and erased when done. It is not shown for
 * downloads that take less than half a second.
 */
public final class FetchBar implements Progress {
    /** Set by the launcher if the error stream is a terminal, which Java cannot detect. */
    public static final String TERMINAL = "medzoo.terminal";

    private static final int WIDTH = 30;
    private static final long PATIENCE_NANOS = 500_000_000;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clock;
    private String message = "";
    private String drawn = "";
    private long begin;
    private long most;
    private long now;

    public FetchBar(PrintWriter err) {
        this(err, Boolean.getBoolean(TERMINAL), System::nanoTime);
    }

    /**
     * @param clock in nanoseconds
     */
    public FetchBar(PrintWriter err, boolean terminal, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void reset(String text, long max, @Nullable String trailing) {
        message = text;
        most = max;
        start(0);
    }

    @Override
    public void start(long progress) {
        begin = clock.getAsLong();
        now = progress;
    }

    @Override
    public void increment(long increment) {
        update(now + increment);
    }

    @Override
    public void update(long progress, @Nullable String text) {
        now = progress;
        if (terminal && clock.getAsLong() - begin > PATIENCE_NANOS) {
            draw(line());
        }
    }

    @Override
    public void end() {
        if (!drawn.isEmpty()) {
            draw("");
            err.print("\r");
            err.flush();
        }
    }

    /** Fetching tiny/0.1.0 [#######.......] 50 %. */
    private String line() {
        double share = most == 0 ? 1 : Math.min(1, (double) now / most);
        int filled = (int) (share * WIDTH);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f %%",
                message,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                100 * share);
    }

    private void draw(String line) {
        if (!line.equals(drawn)) {
            err.print("\r" + line + " ".repeat(Math.max(0, drawn.length() - line.length())));
            err.flush();
            drawn = line;
        }
    }
}
