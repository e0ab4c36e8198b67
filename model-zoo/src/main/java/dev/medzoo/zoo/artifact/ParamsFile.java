package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.Network;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Reads weights as {@code Model.save} writes them: {@code DJL@}, a version, the model's name and
 * data type, its inputs, its properties, then the parameters. DJL reads such a file from a path.
 * This class reads verified bytes, so that the file cannot change in between.
 */
final class ParamsFile {
    private static final int MAGIC = 'D' << 24 | 'J' << 16 | 'L' << 8 | '@';
    private static final int VERSION = 1;
    private static final int MOST = 64;

    private ParamsFile() {}

    /**
     * Loads the parameters.
     *
     * @throws MalformedModelException when they are not exactly the network's
     */
    static void load(byte[] file, Network network, NDManager manager, String where)
            throws MalformedModelException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
            skipHeader(in);
            network.loadParameters(manager, in);
            expect("bytes after the last parameter", in.available(), 0);
        } catch (EOFException e) {
            throw new MalformedModelException(
                    "weights: end inside a parameter (expected: complete) in %s".formatted(where),
                    e);
        } catch (MalformedModelException | IOException | RuntimeException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new MalformedModelException("%s in %s".formatted(reason, where), e);
        }
    }

    /**
     * Reads the network's fully connected layers alone, without an engine.
     *
     * @throws MalformedModelException when they are not the network's
     */
    static ClassifierHead head(byte[] file, BlockConfig config, String where)
            throws MalformedModelException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
            skipHeader(in);
            return ClassifierHead.read(config, in);
        } catch (EOFException e) {
            throw new MalformedModelException(
                    "weights: end inside a parameter (expected: complete) in %s".formatted(where),
                    e);
        } catch (MalformedModelException | IOException | RuntimeException e) {
            throw new MalformedModelException("%s in %s".formatted(e.getMessage(), where), e);
        }
    }

    private static void skipHeader(DataInputStream in) throws IOException, MalformedModelException {
        expect("first four bytes", in.readInt(), MAGIC);
        expect("version", in.readInt(), VERSION);
        in.readUTF();
        in.readUTF();
        for (int inputs = count(in); inputs > 0; inputs--) {
            in.readUTF();
            in.skipNBytes((long) Long.BYTES * count(in));
            in.skipNBytes((long) Character.BYTES * count(in));
        }
        for (int properties = count(in); properties > 0; properties--) {
            in.readUTF();
            in.readUTF();
        }
    }

    private static int count(DataInputStream in) throws IOException, MalformedModelException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new MalformedModelException(
                    "weights: a header with %d entries (expected: 0..%d)".formatted(count, MOST));
        }
        return count;
    }

    private static void expect(String what, int seen, int expected) throws MalformedModelException {
        if (seen != expected) {
            throw new MalformedModelException(
                    "weights: %s %d (expected: %d)".formatted(what, seen, expected));
        }
    }
}
