package dev.medzoo.batch.score;

/** What a failure says, in one line, for the row of a picture. */
final class FirstLine {
    private FirstLine() {}

    /** The first line of its message, else the name of its class. */
    static String of(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
