package dev.medzoo.training.learn;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.training.recipe.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The complete state of a run for resuming it exactly. The file is replaced atomically, so that an
 * interrupted run leaves the last round's.
 */
final class Checkpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    final State state;
    final byte[] weights;
    final byte[] averages;
    final byte[] bestWeights;
    final byte[] optimiser;

    /**
     * @param recipeSha256 of the recipe's text: another recipe's run is not resumed
     * @param bestRound the best one on {@code val}, from 1; 0 before the first
     * @param minutes trained so far
     * @param coreHours of processor time so far
     * @param rounds the curve so far
     */
    record State(
            String recipeSha256,
            int bestRound,
            double minutes,
            double coreHours,
            List<RoundReport> rounds) {
        State {
            rounds = List.copyOf(rounds);
        }

        /** Whether a round is better than the best so far. */
        boolean isBetter(RoundReport round, Recipe.Choice by) {
            if (bestRound == 0) {
                return true;
            }
            RoundReport best = rounds.get(bestRound - 1);
            boolean lessLoss = round.valLoss() < best.valLoss();
            return switch (by) {
                case LOSS -> lessLoss;
                case MACRO_F1 ->
                        round.macroF1() > best.macroF1()
                                || (round.macroF1() == best.macroF1() && lessLoss);
            };
        }
    }

    Checkpoint(State state, byte[] weights, byte[] averages, byte[] bestWeights, byte[] optimiser) {
        this.state = state;
        this.weights = weights;
        this.averages = averages;
        this.bestWeights = bestWeights;
        this.optimiser = optimiser;
    }

    void write(Path file) throws IOException {
        PartsFile.write(file, List.of(json(), weights, averages, bestWeights, optimiser));
    }

    private byte[] json() throws IOException {
        return JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8);
    }

    static Checkpoint read(Path file) throws IOException {
        List<byte[]> parts = PartsFile.read(file, 5);
        State state = JSON.readValue(parts.get(0), State.class);
        return new Checkpoint(state, parts.get(1), parts.get(2), parts.get(3), parts.get(4));
    }
}
