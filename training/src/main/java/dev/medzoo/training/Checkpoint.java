package dev.medzoo.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * Everything that a run needs to go on as if it had never stopped. It is one file, replaced in one
 * move, so that a run ended at any moment leaves the last epoch's.
 */
final class Checkpoint {
    private static final int MAGIC = 0x4D5A4350;
    private static final ObjectMapper JSON = new ObjectMapper();

    final State state;
    final byte[] weights;
    final byte[] averages;
    final byte[] bestWeights;
    final byte[] optimiser;

    /**
     * @param recipeSha256 of the recipe's text: another recipe's run is not resumed
     * @param bestEpoch the one with the highest macro-F1 on {@code val}, from 1; 0 before the first
     * @param minutes trained so far
     * @param epochs the curve so far
     */
    record State(String recipeSha256, int bestEpoch, double minutes, List<EpochReport> epochs) {
        State {
            epochs = List.copyOf(epochs);
        }

        double bestMacroF1() {
            return bestEpoch == 0 ? -1 : epochs.get(bestEpoch - 1).macroF1();
        }
    }

    Checkpoint(State state, byte[] weights, byte[] averages, byte[] bestWeights, byte[] optimiser) {
        this.state = state;
        this.weights = weights;
        this.averages = averages;
        this.bestWeights = bestWeights;
        this.optimiser = optimiser;
    }

    /** Something that writes itself to a stream. */
    interface Saving {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Saving saving) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            saving.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    static DataInputStream stream(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    void write(Path file) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        Path fresh = parent.resolve(file.getFileName() + ".new");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.writeInt(MAGIC);
            for (byte[] part : List.of(json(), weights, averages, bestWeights, optimiser)) {
                out.writeInt(part.length);
                out.write(part);
            }
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] json() throws IOException {
        return JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8);
    }

    static Checkpoint read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + ": other bytes (expected: a checkpoint)");
            }
            State state = JSON.readValue(part(in, file), State.class);
            return new Checkpoint(
                    state, part(in, file), part(in, file), part(in, file), part(in, file));
        }
    }

    private static byte[] part(DataInputStream in, Path file) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Files.size(file)) {
            throw new IOException(file + ": a part of " + length + " bytes (expected: to fit in)");
        }
        byte[] part = new byte[length];
        in.readFully(part);
        return part;
    }
}
