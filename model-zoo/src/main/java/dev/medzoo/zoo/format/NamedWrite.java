package dev.medzoo.zoo.format;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Writing that says which file failed: of a full disk the system says only that it is full. */
public final class NamedWrite {
    private NamedWrite() {}

    /** Writes a file, or something into it. */
    @FunctionalInterface
    public interface Step {
        /** Writes. */
        void run() throws IOException;
    }

    /**
     * Writes.
     *
     * @param file that is written, for the message
     * @throws FileSystemException naming a file, if it fails
     */
    public static void to(Path file, Step step) throws IOException {
        try {
            step.run();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named =
                    new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}
