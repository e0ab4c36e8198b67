package dev.medzoo.zoo.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * Provides convolution weights as bfloat16 copies; gradients flow back to the float32 originals
 * (mixed precision, Micikevicius et al. 2018). Batch norms keep float32.
 */
final class BFloat16Weights extends ParameterStore {
    private static final int CONVOLUTION = 4;

    private final ParameterStore originals;
    private final BFloat16 type;
    private final NDManager manager;

    /**
     * @param manager of one forward pass, which owns the copies
     */
    BFloat16Weights(ParameterStore originals, BFloat16 type, NDManager manager) {
        this.originals = originals;
        this.type = type;
        this.manager = manager;
    }

    @Override
    public @Nullable NDArray getValue(
            @Nullable Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
            return null; // DJL asks for the bias of a convolution that has none
        }
        NDArray value = originals.getValue(parameter, device, training);
        boolean convolution = value.getShape().dimension() == CONVOLUTION;
        return convolution ? type.narrow(value, manager) : value;
    }

    @Override
    public NDManager getManager() {
        return originals.getManager();
    }
}
