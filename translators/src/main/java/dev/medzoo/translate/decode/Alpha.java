package dev.medzoo.translate.decode;

/** Meaning of the extra sample after the colour samples. */
enum Alpha {
    /** None: the sample is ignored. */
    NONE,
    /** Opacity, not premultiplied. */
    PLAIN,
    /** Opacity, and the colours are premultiplied by it. */
    MULTIPLIED
}
