package dev.medzoo.zoo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.Random;

/**
 * Draws normal weights of variance 2 / fan-in (He et al. 2015) from a seed. The same seed and
 * network give the same weights on every machine and engine.
 */
final class HeInitializer implements Initializer {
    private final Random random;

    HeInitializer(long seed) {
        random = new Random(seed);
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType type) {
        double deviation = Math.sqrt(2.0 * shape.get(0) / shape.size());
        float[] weights = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (deviation * random.nextGaussian());
        }
        return manager.create(weights, shape).toType(type, false);
    }
}
