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

/** Measures how long a network takes on this machine now. */
final class Stopwatch {
    private static final int LEAST_RUNS = 3;
    private static final int MOST_RUNS = 10;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Ratio of times at which a network is clearly slower after the minimum number of runs. */
    private static final double CLEARLY_SLOWER = 1.5;

    private Stopwatch() {}

    /**
     * Returns the shortest of at least three runs, because other load only adds time.
     *
     * @param other milliseconds of another network; a clearly slower one is not measured further
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
