package dev.medzoo.zoo.sign;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Adds the file name to a validation error. */
final class FileErrors {
    private FileErrors() {}

    static <T> T file(Path file, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + file, e);
        }
    }
}
