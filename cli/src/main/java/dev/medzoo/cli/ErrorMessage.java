package dev.medzoo.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Formats an exception for people: one line that says what is wrong and how. */
final class ErrorMessage {
    private ErrorMessage() {}

    static String line(Throwable failure) {
        return sentence(unwrapped(failure)).lines().findFirst().orElse("");
    }

    /** Removes wrappers that add only the class name of their cause. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && cause.toString().equals(failure.getMessage())
                ? unwrapped(cause)
                : failure;
    }

    /** Our own messages are complete; of others, the one about a file is the clearest. */
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
            return "no such file or folder (expected: an existing one)";
        }
        if (failure instanceof AccessDeniedException) {
            return "access denied (expected: permission to read or write it)";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "already exists (expected: a new name)";
        }
        return failure.getReason() == null
                ? failure.getClass().getSimpleName()
                : failure.getReason();
    }
}
