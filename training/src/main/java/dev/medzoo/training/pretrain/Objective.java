package dev.medzoo.training.pretrain;

import ai.djl.ndarray.NDArray;

/** What stands in for labels: a loss on the projections of two views of each picture. */
sealed interface Objective permits SimClr, VicReg {
    /**
     * The mean loss of a batch.
     *
     * @param projections float32 (2 · pictures, width), the two views of a picture one after the
     *     other
     * @return a scalar
     */
    NDArray loss(NDArray projections);

    /** Width of the projections that this objective works on. */
    int width();
}
