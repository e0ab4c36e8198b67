package dev.medzoo.benchmarks;

import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StepReport;
import dev.medzoo.training.learn.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Trains for {@value #STEPS} steps and prints the resident size every {@value #EVERY}. It fails if
 * the process has grown by {@value #MOST_GROWTH_MB} MB or more since step {@value #SETTLED}. Run it
 * with the Java heap fixed and touched beforehand, so that what grows is native memory.
 */
public final class MemorySoak implements TrainingProgress {
    private static final int STEPS = 2200;
    private static final int SETTLED = 200;
    private static final int EVERY = 100;
    private static final double MOST_GROWTH_MB = 50;
    private static final int STEPS_PER_ROUND = 100;
    private static final int BATCH_SIZE = 16;
    private static final int SIDE = 64;

    private double settledMb;
    private double mostMb;

    private MemorySoak() {}

    /** Argument: the precision. */
    public static void main(String[] args) throws Exception {
        MemorySoak soak = new MemorySoak();
        try (DrawnTask task = new DrawnTask(STEPS_PER_ROUND, BATCH_SIZE)) {
            task.train(SIDE, args[0], STEPS / STEPS_PER_ROUND, soak);
        }
        double growth = soak.mostMb - soak.settledMb;
        boolean flat = growth < MOST_GROWTH_MB;
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "growth after step %d: at most %.1f MB (expected: under %.0f): %s",
                        SETTLED,
                        growth,
                        MOST_GROWTH_MB,
                        flat ? "flat" : "it grows"));
        System.exit(flat ? 0 : 1);
    }

    @Override
    public void step(StepReport report) {
        int step = report.step();
        if (step % EVERY != 0) {
            return;
        }
        double resident = residentMb();
        System.out.println(String.format(Locale.ROOT, "step %4d  %7.1f MB", step, resident));
        if (step <= SETTLED) {
            settledMb = resident;
        }
        mostMb = Math.max(step <= SETTLED ? 0 : mostMb, resident);
    }

    /** What the operating system says this process has in memory. */
    private static double residentMb() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void round(RoundReport report) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "round %2d  %6.1f pictures/s, waited %.1f %% of the time",
                        report.round(),
                        report.picturesPerSecond(),
                        100 * report.waiting()));
    }

    @Override
    public void note(String sentence) {
        System.out.println(sentence);
    }
}
