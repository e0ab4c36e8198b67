package dev.medzoo.zoo.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks once per process that PyTorch's convolutions are correct on this processor.
 *
 * <p>PyTorch 2.7.1 convolves with oneDNN 3.7.1, which pads channels to a multiple of 8 or 16. On
 * AMD processors of family 26 (Zen 5) it does not clear the padding and sums uninitialised memory:
 * findings were off by up to .5, and losses were NaN. If the check fails, oneDNN is turned off, and
 * PyTorch uses its own, slower convolution.
 */
final class ConvolutionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ConvolutionCheck.class);

    /** Input and output channels, kernel, side: each case pads its channels differently. */
    private static final int[][] CASES = {
        {24, 24, 7, 8}, {20, 48, 5, 4}, {12, 4, 5, 16}, {44, 12, 3, 8}
    };

    /** Tries per case: uninitialised memory is correct by chance now and then. */
    private static final int TRIES = 3;

    private static final int BATCH = 2;

    /** For sums of about 1: float32 is accurate to some 1e-6, and oneDNN's error is .2. */
    private static final double TOLERANCE = 1e-3;

    private static boolean passed;

    /** Whether the check found oneDNN wrong, and turned it off. */
    private static boolean withoutOneDnn;

    private ConvolutionCheck() {}

    /**
     * Runs the check at the first call.
     *
     * @param manager of the engine and device that will compute; only PyTorch's on a CPU is checked
     * @throws IllegalStateException when PyTorch's convolution is wrong without oneDNN too
     */
    static synchronized void pass(NDManager manager) {
        // The manager of arrays that only hold parameters has no engine.
        Engine engine = manager.getEngine();
        if (passed
                || engine == null
                || !engine.getEngineName().equals("PyTorch")
                || manager.getDevice().isGpu()) {
            return;
        }
        if (!isRight(manager)) {
            useOneDnn(false);
            withoutOneDnn = true;
            LOG.warn(
                    "oneDNN computes wrong convolutions on this processor: it is turned off, and"
                            + " PyTorch is slower; ONNX Runtime is not affected");
            if (!isRight(manager)) {
                throw wrong(null);
            }
        }
        passed = true;
    }

    /** Whether bfloat16 is usable on a manager's device: on a CPU only oneDNN supports it. */
    static synchronized boolean leavesBFloat16(NDManager manager) {
        pass(manager);
        return manager.getDevice().isGpu() || !withoutOneDnn;
    }

    /** Whether PyTorch's result equals that of plain loops. */
    static boolean isRight(NDManager manager) {
        Random random = new Random(1);
        for (int i = 0; i < TRIES * CASES.length; i++) {
            int[] of = CASES[i % CASES.length];
            if (!isRight(manager, of[0], of[1], of[2], of[3], random)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRight(
            NDManager manager, int in, int out, int kernel, int side, Random random) {
        float[] pictures = gaussian(random, BATCH * in * side * side, 1);
        float[] weights = gaussian(random, out * in * kernel * kernel, 1 / Math.sqrt(in) / kernel);
        float[] found;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray answer =
                    Conv2d.conv2d(
                                    scratch.create(pictures, new Shape(BATCH, in, side, side)),
                                    scratch.create(weights, new Shape(out, in, kernel, kernel)),
                                    scratch.zeros(new Shape(out)),
                                    new Shape(1, 1),
                                    new Shape(kernel / 2, kernel / 2),
                                    new Shape(1, 1))
                            .singletonOrThrow();
            found = answer.toFloatArray();
        }
        return isRight(found, pictures, weights, in, out, kernel, side);
    }

    /** Whether a result equals the convolution of these pictures and weights. */
    static boolean isRight(
            float[] found,
            float[] pictures,
            float[] weights,
            int in,
            int out,
            int kernel,
            int side) {
        for (int i = 0; i < found.length; i++) {
            double right = convolved(pictures, weights, in, out, kernel, side, i);
            if (!(Math.abs(found[i] - right) < TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    private static float[] gaussian(Random random, int count, double deviation) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (deviation * random.nextGaussian());
        }
        return numbers;
    }

    /** One expected number of the result, by its index. */
    private static double convolved(
            float[] pictures, float[] weights, int in, int out, int kernel, int side, int index) {
        int x = index % side;
        int y = index / side % side;
        int to = index / side / side % out;
        int picture = index / side / side / out;
        double sum = 0;
        for (int from = 0; from < in; from++) {
            for (int v = 0; v < kernel; v++) {
                int row = y + v - kernel / 2;
                for (int u = 0; u < kernel && row >= 0 && row < side; u++) {
                    int column = x + u - kernel / 2;
                    if (column >= 0 && column < side) {
                        sum +=
                                pictures[((picture * in + from) * side + row) * side + column]
                                        * (double)
                                                weights[
                                                        ((to * in + from) * kernel + v) * kernel
                                                                + u];
                    }
                }
            }
        }
        return sum;
    }

    /**
     * Sets it in the context of PyTorch's native library, because DJL does not offer it. NNPACK,
     * which PyTorch tries next, goes with it: on such a processor it computes nothing, and prints a
     * warning for each convolution.
     */
    static void useOneDnn(boolean on) {
        try {
            for (String name : List.of("20setUserEnabledMkldnn", "20setUserEnabledNNPACK")) {
                function("_ZN2at7Context" + name + "Eb")
                        .invokeVoid(new Object[] {context(), (byte) (on ? 1 : 0)});
            }
        } catch (UnsatisfiedLinkError e) {
            throw wrong(e);
        }
    }

    /** Whether PyTorch may use oneDNN. */
    static boolean usesOneDnn() {
        Object[] context = {context()};
        return (byte) function("_ZNK2at7Context17userEnabledMkldnnEv").invokeInt(context) != 0;
    }

    private static Pointer context() {
        return function("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    }

    private static Function function(String name) {
        return NativeLibrary.getInstance("torch_cpu").getFunction(name);
    }

    private static IllegalStateException wrong(@Nullable Throwable cause) {
        return new IllegalStateException(
                "PyTorch: computes wrong convolutions on this processor (expected: the result of"
                        + " plain loops; use the runtime onnx or onnx-int8)",
                cause);
    }
}
