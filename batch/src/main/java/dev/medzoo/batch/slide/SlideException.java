package dev.medzoo.batch.slide;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a slide cannot be read; the message names the file, the fault, and what is read. */
public final class SlideException extends IOException {
    private static final long serialVersionUID = 1L;

    SlideException(Path file, String fault) {
        super("slide " + file + ": " + fault);
    }

    SlideException(Path file, String fault, Throwable cause) {
        super("slide " + file + ": " + fault, cause);
    }
}
