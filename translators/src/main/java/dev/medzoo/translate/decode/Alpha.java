package dev.medzoo.translate.decode;

/** What the sample after the colours means. */
enum Alpha {
    /** Nothing: it is passed over. */
    NONE,
    /** How opaque a pixel is. */
    PLAIN,
    /** The same, and the colours are multiplied with it. */
    MULTIPLIED
}
