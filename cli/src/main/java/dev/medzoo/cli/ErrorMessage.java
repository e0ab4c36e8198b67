package dev.medzoo.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a person reads of an exception: one line that says which thing is wrong and how. */
final class ErrorMessage {
    private ErrorMessage() {}

    static String line(Throwable failure) {
        return sentence(unwrapped(failure)).lines().findFirst().orElse("");
    }

    /** Without wrappers that add nothing to what they wrap but its class. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && cause.toString().equals(failure.getMessage())
                ? unwrapped(cause)
                : failure;
    }

    /** Our own messages say it all; of others, the one that is about a file says it best. */
    private static String sentence(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String message = e.getMessage();
            if (message != null && message.contains("(expected")) {
                return message;
            }
            if (e instanceof FileSystemException file) {
                return file.getFile() + ": " + reason(file);
            }
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder (expected: to be there)";
        }
        if (failure instanceof AccessDeniedException) {
            return "access denied (expected: readable, or writable)";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "is there already (expected: a new name)";
        }
        return failure.getReason() == null
                ? failure.getClass().getSimpleName()
                : failure.getReason();
    }
}
