package dev.medzoo.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Passes pictures to the engine through one reused off-heap buffer. A new buffer for each batch
 * would stay until the next garbage collection.
 */
public final class BatchArray {
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);

    /**
     * Returns pictures as an array, valid until the next call.
     *
     * @param inputs float32, row by row
     * @param from index of the first number
     * @param shape (batch, 3, height, width)
     * @param manager that owns the array
     */
    public NDArray of(float[] inputs, int from, Shape shape, NDManager manager) {
        int numbers = Math.toIntExact(shape.size());
        int bytes = Float.BYTES * numbers;
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        memory.asFloatBuffer().put(inputs, from, numbers);
        return manager.create(
                memory.slice(0, bytes).order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
    }
}
