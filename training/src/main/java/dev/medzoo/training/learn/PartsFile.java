package dev.medzoo.training.learn;

import dev.medzoo.zoo.format.NamedWrite;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A file of a few byte arrays, replaced in one move: ended at any moment, the old or the new. */
public final class PartsFile {
    private static final int MAGIC = 0x4D5A4350;

    private PartsFile() {}

    /** Something that writes itself to a stream. */
    public interface Saving {
        /** Writes itself. */
        void to(DataOutputStream out) throws IOException;
    }

    /** What something writes, as bytes. */
    public static byte[] bytes(Saving saving) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            saving.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** The bytes, to be read again. */
    public static DataInputStream stream(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** Writes the parts, in the order given. */
    public static void write(Path file, List<byte[]> parts) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        Path fresh = parent.resolve(file.getFileName() + ".new");
        NamedWrite.to(file, () -> writeParts(fresh, parts));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeParts(Path file, List<byte[]> parts) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(MAGIC);
            for (byte[] part : parts) {
                out.writeInt(part.length);
                out.write(part);
            }
        }
    }

    /**
     * Reads the parts again.
     *
     * @throws IOException when the file is something else or was cut
     */
    public static List<byte[]> read(Path file, int count) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + ": not a checkpoint (expected: a checkpoint file)");
            }
            List<byte[]> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                if (length < 0 || length > Files.size(file)) {
                    throw new IOException(
                            file + ": a part of " + length + " bytes (expected: to fit in)");
                }
                byte[] part = new byte[length];
                in.readFully(part);
                parts.add(part);
            }
            return parts;
        }
    }
}
