package dev.medzoo.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hands pictures to the engine through one piece of memory outside the Java heap, over and over. A
 * fresh piece for each batch would stay until the garbage collector comes by.
 */
public final class BatchArray {
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);

    /**
     * Pictures as an array, good until the next call.
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
