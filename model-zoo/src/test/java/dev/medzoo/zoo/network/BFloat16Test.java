package dev.medzoo.zoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import org.junit.jupiter.api.Test;

class BFloat16Test {
    @Test
    void keepsEightSignificantBits() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            BFloat16 type = new BFloat16(manager);
            NDArray wide = manager.create(new float[] {1, 1.001f, -3.14159f, 0});

            NDArray there = type.narrow(wide, manager);
            NDArray back = type.widen(there);

            assertThat(there.getDataType()).isNotEqualTo(DataType.FLOAT32);
            assertThat(back.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(back.toFloatArray()).containsExactly(1, 1, -3.140625f, 0);
        }
    }

    @Test
    void gradientsPassBothCasts() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            BFloat16 type = new BFloat16(manager);
            NDArray wide = manager.create(new float[] {2, 3});
            wide.setRequiresGradient(true);

            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray there = type.narrow(wide, manager);
                collector.backward(type.widen(there.mul(there)).sum());
            }

            assertThat(wide.getGradient().toFloatArray()).containsExactly(4, 6);
        }
    }

    @Test
    void aNetworkSaysNearlyTheSameInIt() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network = new Network(DcnnConfig.published(new InputSize(64, 64), 2));
            network.initialize(manager, 1);
            ParameterStore store = new ParameterStore(manager, false);
            NDArray pictures = manager.linspace(-1, 1, 2 * 3 * 64 * 64).reshape(2, 3, 64, 64);

            float[] exact =
                    network.forward(store, new NDList(pictures), false).head().toFloatArray();
            network.computeInBFloat16(manager);
            float[] narrow =
                    network.forward(store, new NDList(pictures), false).head().toFloatArray();

            float largest = 0;
            for (float logit : exact) {
                largest = Math.max(largest, Math.abs(logit));
            }
            assertThat(narrow).containsExactly(exact, within(0.05f * largest));
            if (ConvolutionCheck.leavesBFloat16(manager)) {
                assertThat(narrow).isNotEqualTo(exact);
            } else {
                assertThat(narrow).isEqualTo(exact);
            }
        }
    }

    @Test
    void nothingStaysBehindInTheNetworksManager() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            BFloat16 type = new BFloat16(manager);
            NDArray wide = manager.ones(new Shape(4));
            int before = manager.getManagedArrays().size();

            try (NDManager scratch = manager.newSubManager()) {
                type.widen(type.narrow(wide, scratch)).close();
            }

            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }
}
