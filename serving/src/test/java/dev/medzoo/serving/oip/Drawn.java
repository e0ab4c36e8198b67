package dev.medzoo.serving.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The golden cases of the model: drawn pictures, their tensors, their probabilities. */
final class Drawn {
    static final int SIDE = 128;
    static final int COUNT = 3;

    private static final Path GOLDEN = Path.of("../model-store/pretrained-skin/1.0.0/golden");

    private Drawn() {}

    /**
     * @param index from 0
     */
    static byte[] file(int index) {
        return read("drawn-" + (index + 1) + ".png");
    }

    static String base64(int index) {
        return Base64.getEncoder().encodeToString(file(index));
    }

    /** Float32, little-endian. */
    static byte[] tensor(int index) {
        return read("drawn-" + (index + 1) + ".f32");
    }

    static float[] numbers(int index) {
        float[] numbers = new float[3 * SIDE * SIDE];
        ByteBuffer.wrap(tensor(index)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }

    /** In the order of the labels. */
    static List<Float> probabilities(int index) {
        List<Float> all = new ArrayList<>();
        cases().get(index).get("probabilities").forEach(each -> all.add(each.floatValue()));
        return all;
    }

    /** Elements of BYTES in the binary form. */
    static byte[] elements(byte[]... elements) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            all.writeBytes(length.putInt(0, element.length).array());
            all.writeBytes(element);
        }
        return all.toByteArray();
    }

    private static JsonNode cases() {
        try {
            return new ObjectMapper().readTree(read("golden.json")).get("cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(GOLDEN.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
