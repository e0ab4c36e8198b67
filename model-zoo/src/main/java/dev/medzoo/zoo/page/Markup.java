package dev.medzoo.zoo.page;

/** Escapes text for XML and HTML. */
public final class Markup {
    private Markup() {}

    /** Escapes markup characters, and replaces those that XML does not allow. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        character -> {
                            switch (character) {
                                case '&' -> safe.append("&amp;");
                                case '<' -> safe.append("&lt;");
                                case '>' -> safe.append("&gt;");
                                case '"' -> safe.append("&quot;");
                                case '\'' -> safe.append("&#39;");
                                default ->
                                        safe.appendCodePoint(
                                                isAllowed(character) ? character : 0xFFFD);
                            }
                        });
        return safe.toString();
    }

    /** Whether XML 1.0 allows a character. */
    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
