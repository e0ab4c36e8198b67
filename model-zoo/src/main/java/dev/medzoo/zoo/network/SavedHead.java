package dev.medzoo.zoo.network;

import ai.djl.MalformedModelException;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.util.Pair;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the arrays of a saved network's head and skips all before them. {@link SavedParameters}
 * reads the whole network, but initialises every block's shapes first, for which DJL starts an
 * engine.
 */
final class SavedHead {
    private static final int MOST_DIMENSIONS = 8;

    private final DataInputStream in;
    private final List<float[]> numbers = new ArrayList<>();

    private SavedHead(DataInputStream in) {
        this.in = in;
    }

    /**
     * Reads them in order.
     *
     * @param declared network that they belong to; its blocks need no shapes
     */
    static List<float[]> read(Network declared, DataInputStream in)
            throws IOException, MalformedModelException {
        SavedHead head = new SavedHead(in);
        head.block(declared, declared.head(), false);
        return head.numbers;
    }

    private void block(Block block, Block head, boolean isInside)
            throws IOException, MalformedModelException {
        boolean isTaken = isInside || block == head;
        in.readByte();
        metadata(block);
        for (Pair<String, Parameter> each : block.getDirectParameters()) {
            parameter(each.getKey(), isTaken);
        }
        for (Pair<String, Block> child : block.getChildren()) {
            block(child.getValue(), head, isTaken);
        }
    }

    private void metadata(Block block) throws IOException, MalformedModelException {
        if (block instanceof Linear) {
            in.skipNBytes(2 * Long.BYTES);
            size();
            return;
        }
        for (int inputs = count(); inputs > 0; inputs--) {
            size();
        }
        if (block instanceof SequentialBlock) {
            in.readByte();
        }
        if (block instanceof BatchNorm) {
            in.skipNBytes(Long.BYTES);
        }
    }

    private void parameter(String name, boolean isTaken)
            throws IOException, MalformedModelException {
        if (in.readChar() != 'P') {
            throw new MalformedModelException(
                    "weights: %s is absent (expected: present)".formatted(name));
        }
        in.readByte();
        in.readUTF();
        in.readUTF();
        in.readInt();
        if (in.readByte() == 1) {
            in.readUTF();
        }
        in.readUTF();
        in.readUTF();
        long size = size();
        in.readByte();
        int bytes = in.readInt();
        if (bytes < 0 || bytes != Float.BYTES * size) {
            throw new MalformedModelException(
                    "weights: %s bytes is %d (expected: %d)"
                            .formatted(name, bytes, Float.BYTES * size));
        }
        if (isTaken) {
            numbers.add(floats(name, bytes));
        } else {
            in.skipNBytes(bytes);
        }
    }

    private float[] floats(String name, int bytes) throws IOException, MalformedModelException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException(name);
        }
        float[] floats = new float[bytes / Float.BYTES];
        ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        for (float each : floats) {
            if (!Float.isFinite(each)) {
                throw new MalformedModelException(
                        "weights: %s holds a number that is not finite (expected: finite)"
                                .formatted(name));
            }
        }
        return floats;
    }

    /** Reads a shape and returns its number of elements. */
    private long size() throws IOException, MalformedModelException {
        long size = 1;
        for (int dimensions = count(); dimensions > 0; dimensions--) {
            size *= in.readLong();
        }
        in.skipNBytes((long) Character.BYTES * count());
        return size;
    }

    private int count() throws IOException, MalformedModelException {
        int count = in.readInt();
        if (count < 0 || count > MOST_DIMENSIONS) {
            throw new MalformedModelException(
                    "weights: dimensions is %d (expected: 0..%d)"
                            .formatted(count, MOST_DIMENSIONS));
        }
        return count;
    }
}
