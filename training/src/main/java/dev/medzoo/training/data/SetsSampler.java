package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Samples the training pictures of several data sets in an endless random order. Each set has its
 * share of every round, drawn by its own {@link Sampler}, so that classes are balanced within a
 * set.
 */
public final class SetsSampler {
    /** Difference between the seeds of two sets, so that their orders are independent. */
    private static final long SEEDS_APART = 7_919;

    private final List<Sampler> samplers = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private final long seed;

    /**
     * @param sets with {@code train} pictures
     * @param balance as in {@link Sampler}
     */
    public SetsSampler(PictureSets sets, double balance, long seed) {
        for (int i = 0; i < sets.parts().size(); i++) {
            if (sets.shares().get(i) > 0) {
                List<LabelledPicture> train = sets.parts().get(i).split("train");
                samplers.add(new Sampler(train, balance, seed + SEEDS_APART * samplers.size()));
                shares.add(sets.shares().get(i));
            }
        }
        this.seed = seed;
    }

    /**
     * The pictures of one round.
     *
     * @param number from 0
     * @param size of this round and of all before it
     */
    public List<LabelledPicture> round(int number, int size) {
        if (samplers.size() == 1) {
            return samplers.get(0).round(number, size);
        }
        double total = shares.stream().mapToDouble(Double::doubleValue).sum();
        List<LabelledPicture> drawn = new ArrayList<>(size);
        double until = 0;
        for (int i = 0; i < samplers.size(); i++) {
            until += shares.get(i) / total * size;
            drawn.addAll(samplers.get(i).round(number, (int) Math.round(until) - drawn.size()));
        }
        Collections.shuffle(drawn, new Random(seed * 31 + number));
        return drawn;
    }
}
