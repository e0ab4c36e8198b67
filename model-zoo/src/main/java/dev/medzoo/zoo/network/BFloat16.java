package dev.medzoo.zoo.network;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Differentiable casts between float32 and bfloat16.
 *
 * <p>DJL's PyTorch engine computes in bfloat16 but cannot create such an array: its {@code toType}
 * does not support bfloat16 and is not differentiable. So the first array of that type comes from a
 * one-line TorchScript program, written here as text, and all others from arithmetic with it: an
 * in-place addition keeps the type of its target, a product takes the wider of two types.
 */
final class BFloat16 {
    private static final String PROGRAM =
            """
            class Cast(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Cast, x: Tensor) -> Tensor:
                return torch.to(x, 15)
            """;

    /** The pickle of one object of {@code __torch__.Cast} whose {@code training} is true. */
    private static final String OBJECT =
            "\u0080\u0002c__torch__\nCast\n)\u0081}X\u0008\u0000\u0000\u0000training\u0088sb.";

    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private final NDArray zero;
    private final NDArray one;

    /**
     * @param manager that owns the two scalars that the casts need
     */
    BFloat16(NDManager manager) {
        one = manager.ones(new Shape(1));
        zero = seed(manager);
    }

    /** The same numbers as bfloat16, in a new array of a manager. */
    NDArray narrow(NDArray wide, NDManager manager) {
        NDArray target = zero.broadcast(wide.getShape());
        NDArray sum = target.mul(0);
        target.close();
        sum.attach(manager);
        return sum.addi(wide);
    }

    /** The same numbers as float32, in a new array of the same manager. */
    NDArray widen(NDArray narrow) {
        return narrow.mul(one);
    }

    private static NDArray seed(NDManager manager) {
        try (Model model = Model.newInstance("bfloat16", manager.getDevice(), "PyTorch");
                NDArray wide = manager.zeros(new Shape(1))) {
            model.load(new ByteArrayInputStream(archive()));
            ParameterStore none = new ParameterStore(manager, false);
            return model.getBlock().forward(none, new NDList(wide), true).singletonOrThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be read", e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException(
                    "bfloat16: not supported by this engine (expected: supported)", e);
        }
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "cast/data.pkl", OBJECT);
            add(zip, "cast/code/__torch__.py", PROGRAM);
            add(zip, "cast/constants.pkl", NO_CONSTANTS);
            add(zip, "cast/version", "3\n");
        }
        return bytes.toByteArray();
    }

    /** Stored uncompressed: the engine reads no other entries. */
    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
