package dev.medzoo.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Formats an exception for people: one line that says what is wrong and how. */
final class ErrorMessage {
    private ErrorMessage() {}

    static String line(Throwable failure) {
        String sentence = sentence(unwrapped(failure));
        // A name with a line break must not hide what is expected; a parser's further lines may.
        int end = sentence.indexOf('\n', Math.max(0, sentence.lastIndexOf("(expected")));
        return shown((end < 0 ? sentence : sentence.substring(0, end)).strip());
    }

    /** Names may have characters that break the line or control the terminal: those are escaped. */
    private static String shown(String sentence) {
        StringBuilder line = new StringBuilder(sentence.length());
        sentence.codePoints()
                .forEach(
                        c -> {
                            int type = Character.getType(c);
                            boolean isHidden =
                                    type == Character.CONTROL
                                            || type == Character.LINE_SEPARATOR
                                            || type == Character.PARAGRAPH_SEPARATOR
                                            || isDirection(c);
                            line.append(isHidden ? escape(c) : Character.toString(c));
                        });
        return line.toString();
    }

    /** Whether a character changes the direction of the text after it. */
    private static boolean isDirection(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted(c);
        };
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
        if (failure instanceof NotDirectoryException) {
            return "no folder (expected: a folder)";
        }
        if (failure instanceof FileSystemLoopException) {
            return "a link back to a folder above it (expected: none)";
        }
        return failure.getReason() == null
                ? failure.getClass().getSimpleName()
                : failure.getReason();
    }
}
