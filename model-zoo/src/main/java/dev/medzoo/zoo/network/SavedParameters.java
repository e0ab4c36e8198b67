package dev.medzoo.zoo.network;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Reads the parameters that DJL wrote for a network. DJL's own reader allocates whatever a file
 * states, and accepts block settings and any number from it. Here everything must match the
 * network's declaration, and numbers must be finite.
 */
final class SavedParameters {
    private static final int MOST_DIMENSIONS = 8;
    private static final int PARAMETER_VERSION = 1;
    private static final int ARRAY_VERSION = 3;

    private final DataInputStream in;
    private final NDManager manager;

    private SavedParameters(DataInputStream in, NDManager manager) {
        this.in = in;
        this.manager = manager;
    }

    /**
     * Reads the parameters of a network.
     *
     * @param declared network whose parameters have shapes; their arrays are replaced
     * @param manager of the arrays
     * @throws MalformedModelException when any is not what the network declares
     */
    static void read(Network declared, NDManager manager, DataInputStream in)
            throws IOException, MalformedModelException {
        new SavedParameters(in, manager).block("", declared);
    }

    private void block(String prefix, Block block) throws IOException, MalformedModelException {
        expect(prefix + " version", in.readByte(), version(block));
        Shape sizes = metadata(block);
        if (sizes.dimension() > 0) {
            Parameter first = block.getDirectParameters().valueAt(0);
            expect(prefix + " size", sizes, first.getShape());
        }
        for (Pair<String, Parameter> parameter : block.getDirectParameters()) {
            parameter(prefix + parameter.getKey(), parameter.getValue());
        }
        for (Pair<String, Block> child : block.getChildren()) {
            block(prefix + child.getKey() + "_", child.getValue());
        }
    }

    private static int version(Block block) {
        if (block instanceof Linear) {
            return 4;
        }
        if (block instanceof SequentialBlock || block instanceof Conv2d) {
            return 3;
        }
        return block instanceof BatchNorm
                        || block instanceof LambdaBlock
                        || block instanceof Dropout
                ? 2
                : 1;
    }

    /** Shape of the block's first parameter if the block repeats it; else no dimension. */
    private Shape metadata(Block block) throws IOException, MalformedModelException {
        if (block instanceof Linear) {
            Shape sizes = new Shape(in.readLong(), in.readLong());
            shape();
            return sizes;
        }
        for (int inputs = count("inputs"); inputs > 0; inputs--) {
            shape();
        }
        if (block instanceof SequentialBlock) {
            expect("intermediate results", in.readByte(), 0);
        }
        return block instanceof BatchNorm ? new Shape(in.readLong()) : new Shape();
    }

    private void parameter(String name, Parameter declared)
            throws IOException, MalformedModelException {
        char kind = in.readChar();
        if (kind == 'N') {
            expect(name, "absent", declared.getShape());
        }
        expect(name + " kind", kind, 'P');
        expect(name + " version", in.readByte(), PARAMETER_VERSION);
        expect(name + " name", in.readUTF(), declared.getName());
        expect(name + " format", in.readUTF(), "NDAR");
        expect(name + " format", in.readInt(), ARRAY_VERSION);
        if (in.readByte() == 1) {
            in.readUTF();
        }
        expect(name + " layout", in.readUTF(), "DENSE");
        expect(name + " type", in.readUTF(), "FLOAT32");
        Shape shape = declared.getShape();
        expect(name, shape(), shape);
        expect(name + " byte order", (char) in.readByte(), '<');
        long bytes = Float.BYTES * shape.size();
        expect(name + " bytes", (long) in.readInt(), bytes);
        NDArray array = manager.create(numbers(name, (int) bytes), shape, DataType.FLOAT32);
        declared.close();
        // The only way in DJL to set the array of a parameter whose shape is known.
        declared.setInitializer((arrays, size, type) -> array);
        declared.initialize(manager, DataType.FLOAT32);
        declared.setInitializer(Initializer.ZEROS);
        array.setRequiresGradient(false);
    }

    /** Reads little-endian float32, the engine's format. */
    private ByteBuffer numbers(String name, int bytes) throws IOException, MalformedModelException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException(name);
        }
        ByteBuffer numbers = manager.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        FloatBuffer given = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        FloatBuffer taken = numbers.asFloatBuffer();
        while (given.hasRemaining()) {
            float number = given.get();
            if (!Float.isFinite(number)) {
                throw new MalformedModelException(
                        "weights: %s holds a number that is not finite (expected: finite)"
                                .formatted(name.strip()));
            }
            taken.put(number);
        }
        return numbers;
    }

    private Shape shape() throws IOException, MalformedModelException {
        long[] dimensions = new long[count("dimensions")];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = in.readLong();
            if (dimensions[i] < 0) {
                expect("dimension", dimensions[i], "0 or more");
            }
        }
        in.skipNBytes((long) Character.BYTES * count("letters of a layout"));
        return new Shape(dimensions);
    }

    private int count(String what) throws IOException, MalformedModelException {
        int count = in.readInt();
        if (count < 0 || count > MOST_DIMENSIONS) {
            expect(what, count, "0.." + MOST_DIMENSIONS);
        }
        return count;
    }

    private static void expect(String what, Object seen, Object expected)
            throws MalformedModelException {
        if (!seen.equals(expected)) {
            throw new MalformedModelException(
                    "weights: %s is %s (expected: %s)".formatted(what.strip(), seen, expected));
        }
    }

    private static void expect(String what, byte seen, int expected)
            throws MalformedModelException {
        expect(what, Integer.valueOf(seen), Integer.valueOf(expected));
    }
}
