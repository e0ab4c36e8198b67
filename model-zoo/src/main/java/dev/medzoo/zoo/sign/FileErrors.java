package dev.medzoo.zoo.sign;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Adds to what a value's own refusal says the file it stands in. */
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
