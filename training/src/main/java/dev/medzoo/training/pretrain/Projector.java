package dev.medzoo.training.pretrain;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.initializer.NormalInitializer;

/** The small network between features and objective, thrown away afterwards (Chen et al. 2020). */
final class Projector {
    private static final int HIDDEN = 512;

    private Projector() {}

    /** A new one: float32 (n, features) to (n, width). */
    static SequentialBlock of(int features, int width, NDManager manager) {
        SequentialBlock projector =
                new SequentialBlock()
                        .add(Linear.builder().setUnits(HIDDEN).optBias(false).build())
                        .add(BatchNorm.builder().build())
                        .add(Activation.reluBlock())
                        .add(Linear.builder().setUnits(width).build());
        float deviation = (float) Math.sqrt(2.0 / features);
        projector.setInitializer(new NormalInitializer(deviation), Parameter.Type.WEIGHT);
        projector.initialize(manager, DataType.FLOAT32, new Shape(2, features));
        for (Parameter parameter : projector.getParameters().values()) {
            boolean statistic =
                    parameter.getType() == Parameter.Type.RUNNING_MEAN
                            || parameter.getType() == Parameter.Type.RUNNING_VAR;
            parameter.freeze(statistic);
        }
        return projector;
    }
}
