package dev.medzoo.training.learn;

/**
 * A learning rate that rises linearly to its peak and then falls along half a cosine to nothing.
 *
 * @param peak the highest rate
 * @param warmUpSteps steps until the peak
 * @param steps all steps
 */
public record OneCycle(double peak, int warmUpSteps, int steps) {

    /** The rate of a step, counted from 0. */
    public double at(int step) {
        if (step < warmUpSteps) {
            return peak * (step + 1) / warmUpSteps;
        }
        double done = (double) (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
        return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }
}
