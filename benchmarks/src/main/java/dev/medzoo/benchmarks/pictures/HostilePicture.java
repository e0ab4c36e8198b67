package dev.medzoo.benchmarks.pictures;

import java.util.function.Supplier;

/**
 * A file that tries to cost more than it may.
 *
 * @param name format and trick
 * @param draw makes its bytes, the same each time
 */
public record HostilePicture(String name, Supplier<byte[]> draw) {
    /** The file. */
    public byte[] bytes() {
        return draw.get();
    }
}
