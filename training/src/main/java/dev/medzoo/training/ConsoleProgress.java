package dev.medzoo.training;

import dev.medzoo.training.learn.ProgressInterval;
import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StepReport;
import dev.medzoo.training.learn.TrainingProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints progress: a bar in place on a terminal, otherwise a line every ten seconds; and always a
 * line per round.
 */
public final class ConsoleProgress implements TrainingProgress {
    private static final int BAR = 24;

    /** Interval between lines within a round without a bar. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private final ProgressInterval pace;
    private String macroF1 = "-";

    /**
     * @param terminal whether a line can be redrawn on the stream
     */
    public ConsoleProgress(PrintStream out, boolean terminal) {
        this(out, terminal, System::nanoTime);
    }

    ConsoleProgress(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        pace = new ProgressInterval(EVERY, nanos);
    }

    @Override
    public void step(StepReport report) {
        if (terminal) {
            int full = (int) ((long) BAR * report.step() / report.steps());
            out.printf(
                    Locale.ROOT,
                    "\rstep %5d/%d [%s%s] loss %.3f  val macro-F1 %s  %.0f pictures/s  %s left   ",
                    report.step(),
                    report.steps(),
                    "#".repeat(full),
                    ".".repeat(BAR - full),
                    report.loss(),
                    macroF1,
                    report.picturesPerSecond(),
                    clock(report.left()));
            out.flush();
        } else if (pace.isDue()) {
            out.printf(
                    Locale.ROOT,
                    "step %5d/%d  loss %.3f  %.1f pictures/s  %s left%n",
                    report.step(),
                    report.steps(),
                    report.loss(),
                    report.picturesPerSecond(),
                    clock(report.left()));
        }
    }

    @Override
    public void round(RoundReport report) {
        macroF1 = String.format(Locale.ROOT, "%.3f", report.macroF1());
        out.printf(
                Locale.ROOT,
                "%sstep %5d  loss %.3f  val macro-F1 %.3f  balanced accuracy %.3f  accuracy %.3f"
                        + "  %.0f pictures/s  waited %.1f %%%n",
                terminal ? "\r" : "",
                report.step(),
                report.loss(),
                report.macroF1(),
                report.balancedAccuracy(),
                report.accuracy(),
                report.picturesPerSecond(),
                100 * report.waiting());
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }

    private static String clock(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
