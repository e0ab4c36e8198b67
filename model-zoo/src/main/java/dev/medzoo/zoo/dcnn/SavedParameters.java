package dev.medzoo.zoo.dcnn;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.util.Pair;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * What DJL wrote for a network, looked at before DJL reads it. DJL allocates whatever a file says
 * an array has, and takes over sizes and switches of blocks from it; here each must be what the
 * network declares.
 */
final class SavedParameters {
    private static final int MOST_DIMENSIONS = 8;
    private static final int PARAMETER_VERSION = 1;
    private static final int ARRAY_VERSION = 3;

    private final DataInputStream in;

    private SavedParameters(DataInputStream in) {
        this.in = in;
    }

    /**
     * Reads past the parameters of a network.
     *
     * @param declared whose parameters have their shapes; their arrays do not matter
     * @throws MalformedModelException when any is not what the network declares
     */
    static void check(Dcnn declared, DataInputStream in)
            throws IOException, MalformedModelException {
        new SavedParameters(in).block("", declared);
    }

    private void block(String prefix, Block block) throws IOException, MalformedModelException {
        expect(prefix + " version", in.readByte(), version(block));
        Shape sizes = metadata(block);
        for (Pair<String, Parameter> parameter : block.getDirectParameters()) {
            parameter(prefix + parameter.getKey(), parameter.getValue());
        }
        if (sizes.dimension() > 0) {
            Parameter first = block.getDirectParameters().valueAt(0);
            expect(prefix + " size", sizes, first.getShape());
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

    /** The shape of the block's first parameter, where a block repeats it; else no dimension. */
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
        in.skipNBytes(bytes);
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
