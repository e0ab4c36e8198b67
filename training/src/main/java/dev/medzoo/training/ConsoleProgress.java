package dev.medzoo.training;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Progress for a person: a bar that moves in place on a terminal, and a line an epoch everywhere.
 */
public final class ConsoleProgress implements TrainingProgress {
    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean terminal;
    private String macroF1 = "-";

    /**
     * @param terminal whether the stream is one that a line can be redrawn on
     */
    public ConsoleProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void step(StepReport report) {
        if (terminal) {
            int full = BAR * report.done() / report.all();
            out.printf(
                    Locale.ROOT,
                    "\repoch %3d/%d [%s%s] loss %.3f  val macro-F1 %s  %.0f pictures/s  %s left   ",
                    report.epoch(),
                    report.epochs(),
                    "#".repeat(full),
                    ".".repeat(BAR - full),
                    report.loss(),
                    macroF1,
                    report.picturesPerSecond(),
                    clock(report.left()));
            out.flush();
        }
    }

    @Override
    public void epoch(EpochReport report) {
        macroF1 = String.format(Locale.ROOT, "%.3f", report.macroF1());
        out.printf(
                Locale.ROOT,
                "%sepoch %3d  loss %.3f  val macro-F1 %.3f  balanced accuracy %.3f  accuracy %.3f"
                        + "  %.0f pictures/s  waited %.1f %%%n",
                terminal ? "\r" : "",
                report.epoch(),
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
