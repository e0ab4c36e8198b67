package dev.medzoo.training.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.medzoo.zoo.network.Network;
import java.util.List;

/**
 * A network whose weights are the exponential moving average of another's over its training steps
 * (Polyak and Juditsky 1992). It wobbles less from step to step than the one that is trained, so it
 * is the one that is judged and kept.
 */
final class WeightAverage {
    private final List<Parameter> trained;
    private final List<Parameter> averages;
    private final Network average;
    private final double decay;

    /**
     * @param decay share of the average that stays at a step, in [0, 1); 0 follows the weights
     */
    WeightAverage(Network network, NDManager manager, double decay) {
        average = network.copy(manager);
        average.getParameters().values().forEach(parameter -> parameter.freeze(true));
        trained = network.getParameters().values();
        averages = average.getParameters().values();
        this.decay = decay;
    }

    /**
     * Takes the weights after a step.
     *
     * @param step from 1: early averages forget faster, so that the random start is soon gone
     */
    void update(int step, NDManager scratch) {
        float keep = (float) Math.min(decay, step / (step + 9.0));
        NDArray kept = scratch.create(keep);
        NDArray taken = scratch.create(1 - keep);
        for (int i = 0; i < averages.size(); i++) {
            // A view without a gradient: nothing is copied, and no step is recorded.
            try (NDArray weight = trained.get(i).getArray().stopGradient();
                    NDArray share = weight.mul(taken)) {
                averages.get(i).getArray().muli(kept).addi(share);
            }
        }
    }

    Network network() {
        return average;
    }
}
