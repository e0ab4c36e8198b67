package dev.medzoo.training.report;

/** Text made safe for XML and HTML alike. */
final class Markup {
    private Markup() {}

    /** Escapes what has a meaning in markup, and replaces what no XML may hold. */
    static String escape(String text) {
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

    /** What XML 1.0 calls a character. */
    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
