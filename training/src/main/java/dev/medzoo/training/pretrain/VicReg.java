package dev.medzoo.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;

/**
 * VICReg (Bardes, Ponce and LeCun 2022): the two views' projections agree, every dimension keeps a
 * deviation of at least 1 over the batch, and no two dimensions say the same.
 */
final class VicReg implements Objective {
    private static final int WIDTH = 256;
    private static final float INVARIANCE = 25;
    private static final float VARIANCE = 25;
    private static final float COVARIANCE = 1;
    private static final float EPSILON = 1e-4f;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public NDArray loss(NDArray projections) {
        long pictures = projections.getShape().get(0) / 2;
        NDArray pairs = projections.reshape(new Shape(pictures, 2, WIDTH));
        NDArray first = pairs.get(":, 0");
        NDArray second = pairs.get(":, 1");
        NDArray invariance = first.sub(second).square().mean();
        NDArray spread = spread(first).add(spread(second));
        return invariance.mul(INVARIANCE).add(spread);
    }

    /** The variance and covariance terms of one view. */
    private static NDArray spread(NDArray view) {
        NDManager manager = view.getManager();
        long pictures = view.getShape().get(0);
        NDArray centred = view.sub(view.mean(new int[] {0}, true));
        NDArray covariance = centred.transpose().matMul(centred).div(pictures - 1);
        NDArray variances = centred.square().sum(new int[] {0}).div(pictures - 1);
        NDArray lacking = Activation.relu(variances.add(EPSILON).sqrt().neg().add(1)).mean();
        NDArray others = covariance.mul(manager.create(offDiagonal(), new Shape(WIDTH, WIDTH)));
        return lacking.mul(VARIANCE / 2).add(others.square().sum().mul(COVARIANCE / WIDTH));
    }

    private static float[] offDiagonal() {
        float[] mask = new float[WIDTH * WIDTH];
        Arrays.fill(mask, 1);
        for (int i = 0; i < WIDTH; i++) {
            mask[i * WIDTH + i] = 0;
        }
        return mask;
    }
}
