package dev.medzoo.zoo.runtime;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.transform.InputSize;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** How long a network takes on this machine, now. */
final class Stopwatch {
    private static final int LEAST_RUNS = 3;
    private static final int MOST_RUNS = 10;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What takes so many times as long as another after the least of runs is slower. */
    private static final double CLEARLY_SLOWER = 1.5;

    private Stopwatch() {}

    /**
     * The shortest of at least three runs, as whatever else the machine does only adds to it.
     *
     * @param other milliseconds of another network; what is clearly slower need not be known well
     * @return milliseconds for one picture
     */
    static double millis(Model model, InputSize input, double other) {
        NDManager manager = model.getNDManager();
        Shape shape = new Shape(1, 3, input.height(), input.width());
        ByteBuffer zeros = manager.allocateDirect((int) (Float.BYTES * shape.size()));
        NDArray pictures = manager.create(zeros, shape, DataType.FLOAT32);
        ParameterStore parameters = new ParameterStore(manager, false);
        long least = Long.MAX_VALUE;
        long begin = System.nanoTime();
        long now = begin;
        double hopeless = CLEARLY_SLOWER * other * 1e6;
        for (int run = 0; run < MOST_RUNS; run++) {
            if (run >= LEAST_RUNS && (least > hopeless || now - begin > NANOS)) {
                break;
            }
            long from = System.nanoTime();
            model.getBlock().forward(parameters, new NDList(pictures), false);
            now = System.nanoTime();
            least = Math.min(least, now - from);
        }
        return least / 1e6;
    }
}
