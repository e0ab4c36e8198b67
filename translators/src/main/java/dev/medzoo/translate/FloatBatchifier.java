package dev.medzoo.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.util.passthrough.PassthroughNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Stacks float32 arrays of one shape into a batch, and splits a batch again, by copying in Java.
 * DJL's own batchifier needs the engine's array operations, which an engine that only runs graphs
 * lacks. Where arrays are plain memory, a batch of one is the array itself, without a copy.
 */
final class FloatBatchifier implements Batchifier {
    private static final long serialVersionUID = 1L;

    /** One array each, all of one shape: one array with the batch as its first axis. */
    @Override
    public NDList batchify(NDList[] inputs) {
        NDArray first = inputs[0].singletonOrThrow();
        NDManager manager = first.getManager();
        Shape shape = new Shape(inputs.length).addAll(first.getShape());
        boolean isPlain = manager instanceof PassthroughNDManager;
        if (isPlain && inputs.length == 1) {
            return new NDList(manager.create(first.toByteBuffer(), shape, DataType.FLOAT32));
        }
        int size = Math.toIntExact(Float.BYTES * shape.size());
        // Off-heap memory is freed only some time after a garbage collection.
        ByteBuffer bytes =
                isPlain
                        ? ByteBuffer.allocate(size).order(ByteOrder.nativeOrder())
                        : manager.allocateDirect(size);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (NDList each : inputs) {
            NDArray array = each.singletonOrThrow();
            if (!array.getShape().equals(first.getShape())) {
                throw new IllegalArgumentException(
                        "inputs of a batch: %s and %s (expected: one shape)"
                                .formatted(first.getShape(), array.getShape()));
            }
            floats.put(floats(array));
        }
        return new NDList(manager.create(bytes, shape, DataType.FLOAT32));
    }

    /** Any number of arrays with the batch as their first axis: a list for each of the batch. */
    @Override
    public NDList[] unbatchify(NDList outputs) {
        NDList[] lists = new NDList[Math.toIntExact(outputs.head().size(0))];
        Arrays.setAll(lists, i -> new NDList());
        for (NDArray array : outputs) {
            Shape row = array.getShape().slice(1);
            int size = Math.toIntExact(row.size());
            FloatBuffer floats = floats(array);
            for (int i = 0; i < lists.length; i++) {
                lists[i].add(array.getManager().create(floats.slice(i * size, size), row));
            }
        }
        return lists;
    }

    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer().asFloatBuffer();
    }

    @Override
    public NDList[] split(NDList list, int numOfSlices, boolean evenSplit) {
        return STACK.split(list, numOfSlices, evenSplit);
    }
}
