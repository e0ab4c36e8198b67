package dev.medzoo.serving.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a class path resource of this package. */
final class Resource {
    private Resource() {}

    static byte[] bytes(String name) {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + name + " (expected: packed)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
