package dev.medzoo.zoo.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Files that were good until a few bytes changed. Each is refused, or ONNX Runtime finds the shapes
 * that were found here. {@code -Dmedzoo.fuzz=1000000} makes so many, with other seeds.
 */
class OnnxFileFuzzTest {
    private static final int FILES = Integer.getInteger("medzoo.fuzz", 3000);
    private static final long SEED = Long.getLong("medzoo.fuzz.seed", 1);
    private static final List<Long> FIRST = List.of(1L, 3L, 8L, 8L);
    private static final List<Long> LAST = List.of(1L, 8L, 8L, 3L);

    private static byte[] windows() {
        return HandMadeGraph.of(1, 3, 8, 8)
                .floats("w", new float[4 * 3 * 9], 4, 3, 3, 3)
                .floats("s", new float[] {1, 1, 1, 1}, 4)
                .whole("pads", 0, 0, 1, 1, 0, 0, 1, 1)
                .whole("axes", 2, 3)
                .whole("starts", 1)
                .whole("ends", 3)
                .node("Pad", "x pads", "padded")
                .node(
                        "Conv",
                        "padded w",
                        "c",
                        HandMadeGraph.numbers("strides", 2, 2),
                        HandMadeGraph.numbers("pads", 1, 1, 1, 1))
                .node("BatchNormalization", "c s s s s", "n")
                .node("HardSwish", "n", "h")
                .node(
                        "MaxPool",
                        "h",
                        "m",
                        HandMadeGraph.numbers("kernel_shape", 2, 2),
                        HandMadeGraph.number("ceil_mode", 1))
                .node("ReduceMean", "m", "r", HandMadeGraph.numbers("axes", 2, 3))
                .node("Squeeze", "r axes", "f")
                .node("Slice", "f starts ends starts", "t")
                .node("Softmax", "t", "y", HandMadeGraph.number("axis", 1))
                .output("y", 1, 2)
                .bytes();
    }

    private static byte[] shapes() {
        return HandMadeGraph.of(1, 3, 8, 8)
                .whole("zero", 0)
                .whole("rest", -1)
                .whole("back", 2, 8, 12)
                .node("Shape", "x", "shape")
                .node("Gather", "shape zero", "batch", HandMadeGraph.number("axis", 0))
                .node("Concat", "batch rest", "to", HandMadeGraph.number("axis", 0))
                .node("Reshape", "x to", "flat")
                .node("Reshape", "flat back", "cube")
                .node("Transpose", "cube", "turned", HandMadeGraph.numbers("perm", 0, 2, 1))
                .node("MatMul", "cube turned", "square")
                .node("Flatten", "square", "y")
                .output("y", HandMadeGraph.ANY, 64)
                .bytes();
    }

    @Test
    void aFileThatChangedIsRefusedOrWhatItSeems() throws Exception {
        List<byte[]> good =
                List.of(
                        HandMadeGraph.whole().bytes(),
                        HandMadeGraph.channelsLast().bytes(),
                        windows(),
                        shapes());
        Random random = new Random(SEED);
        int taken = 0;
        for (int i = 0; i < FILES; i++) {
            int which = random.nextInt(good.size());
            byte[] file = changed(good.get(which), random);
            taken += isAsItSeems(file, which == 1 ? LAST : FIRST) ? 1 : 0;
        }
        assertThat(taken).isBetween(FILES / 100, FILES);
    }

    /** Whether it was taken. */
    private static boolean isAsItSeems(byte[] file, List<Long> picture) throws Exception {
        Map<String, List<Long>> answers;
        String input;
        try {
            OnnxFile read = OnnxFile.read(file);
            answers = read.answers(picture);
            input = read.input();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("(expected: ");
            return false;
        }
        long[] shape = picture.stream().mapToLong(Long::longValue).toArray();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file);
                OnnxTensor given =
                        OnnxTensor.createTensor(environment, FloatBuffer.allocate(3 * 64), shape)) {
            Set<String> names = session.getOutputNames();
            try (OrtSession.Result result = session.run(Map.of(input, given), names)) {
                for (String each : names) {
                    OnnxTensor tensor = (OnnxTensor) result.get(each).orElseThrow();
                    assertThat(Arrays.stream(tensor.getInfo().getShape()).boxed())
                            .as(each)
                            .containsExactlyElementsOf(answers.get(each));
                }
            }
        } catch (OrtException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        return true;
    }

    private static byte[] changed(byte[] good, Random random) {
        byte[] file = good.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && file.length > 0; changes--) {
            int at = random.nextInt(file.length);
            int length = 1 + random.nextInt(Math.min(16, file.length - at));
            switch (random.nextInt(7)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt(256);
                case 2 -> file[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 3 -> file = Arrays.copyOf(file, Math.max(1, at));
                case 4 -> file = joined(file, at, at + length); // left out
                case 5 -> file = joined(file, at + length, at); // twice
                default -> file[at] = (byte) (file[at] + (random.nextBoolean() ? 1 : -1));
            }
        }
        return file;
    }

    private static byte[] joined(byte[] file, int to, int from) {
        byte[] joined = Arrays.copyOf(file, to + file.length - from);
        System.arraycopy(file, from, joined, to, file.length - from);
        return joined;
    }
}
