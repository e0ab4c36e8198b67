package dev.medzoo.batch.score;

import dev.medzoo.batch.slide.SlideException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Thrown when a slide itself cannot be read, so that another try is in vain; says why. */
final class UnreadSlideException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnreadSlideException(String reason, Exception cause) {
        super(reason, cause);
    }

    /** Why. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /**
     * What is thrown for a failure.
     *
     * @throws IOException if the file was closed because Spark ends the task: that says nothing of
     *     the slide
     */
    static UnreadSlideException of(Exception failure) throws IOException {
        if (failure instanceof ClosedChannelException closed) {
            throw closed;
        }
        String message = failure.getMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        boolean isNamed =
                failure instanceof SlideException || failure instanceof IllegalArgumentException;
        return new UnreadSlideException(
                isNamed && !line.isBlank() ? line : "slide: cannot be read (%s)".formatted(failure),
                failure);
    }
}
