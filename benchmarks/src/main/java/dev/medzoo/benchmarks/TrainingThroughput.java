package dev.medzoo.benchmarks;

import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StepReport;
import dev.medzoo.training.learn.TrainingProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Trains in rounds, one for each line of standard input, and answers each with the pictures a
 * second and the share of time that the network waited for pictures. The first {@value
 * #UNTIMED_STEPS} steps of a round are not timed, nor are the judging and the checkpoint after it.
 */
public final class TrainingThroughput implements TrainingProgress {
    private static final int BATCH_SIZE = 32;
    private static final int UNTIMED_STEPS = 3;
    private static final int MOST_ROUNDS = 1000;

    private final BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final int steps;
    private long begun;
    private double seconds;

    private TrainingThroughput(int steps) {
        this.steps = steps;
    }

    /** No line is left, so no round is wanted any more. */
    private static final class EndOfRounds extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Arguments: the network's input side in pixels, the precision, timed steps a round. */
    public static void main(String[] args) throws Exception {
        int side = Integer.parseInt(args[0]);
        int steps = Integer.parseInt(args[2]);
        try (DrawnTask task = new DrawnTask(UNTIMED_STEPS + steps, BATCH_SIZE)) {
            TrainingThroughput rounds = new TrainingThroughput(steps);
            rounds.awaitLine();
            task.train(side, args[1], MOST_ROUNDS, rounds);
        } catch (EndOfRounds e) {
            System.exit(0);
        }
    }

    private void awaitLine() {
        try {
            if (input.readLine() == null) {
                throw new EndOfRounds();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void step(StepReport report) {
        int step = (report.step() - 1) % (UNTIMED_STEPS + steps) + 1;
        if (step == UNTIMED_STEPS) {
            begun = System.nanoTime();
        } else if (step == UNTIMED_STEPS + steps) {
            seconds = (System.nanoTime() - begun) / 1e9;
        }
    }

    @Override
    public void round(RoundReport report) {
        double rate = steps * BATCH_SIZE / seconds;
        System.out.println(String.format(Locale.ROOT, "%.3f %.4f", rate, report.waiting()));
        awaitLine();
    }

    @Override
    public void note(String sentence) {
        System.err.println(sentence);
    }
}
