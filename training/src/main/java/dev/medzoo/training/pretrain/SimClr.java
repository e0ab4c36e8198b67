package dev.medzoo.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * NT-Xent (Chen et al., SimCLR, 2020): among all other views of the batch, each view must be most
 * like the second one of its own picture, by the cosine of their projections.
 */
final class SimClr implements Objective {
    /** Divides cosines; 0.2 suits small batches (Chen et al. 2020, appendix B.7). */
    private static final float TEMPERATURE = 0.2f;

    private static final int WIDTH = 128;
    private static final float EXCLUDED = -1e9f;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public NDArray loss(NDArray projections) {
        int views = Math.toIntExact(projections.getShape().get(0));
        NDManager manager = projections.getManager();
        NDArray length = projections.square().sum(new int[] {1}, true).add(1e-8f).sqrt();
        NDArray directions = projections.div(length);
        NDArray cosines = directions.matMul(directions.transpose()).div(TEMPERATURE);
        float[] self = new float[views * views];
        float[] partner = new float[views * views];
        for (int i = 0; i < views; i++) {
            self[i * views + i] = EXCLUDED;
            partner[i * views + (i ^ 1)] = -1f / views;
        }
        Shape square = new Shape(views, views);
        return cosines.add(manager.create(self, square))
                .logSoftmax(1)
                .mul(manager.create(partner, square))
                .sum();
    }
}
