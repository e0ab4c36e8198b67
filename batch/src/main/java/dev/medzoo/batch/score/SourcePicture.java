package dev.medzoo.batch.score;

import org.jspecify.annotations.Nullable;

/** A picture's bytes, or why there are none. */
final class SourcePicture {
    private final String file;
    private final @Nullable String entry;
    private final byte @Nullable [] bytes;
    private final @Nullable String error;

    private SourcePicture(
            String file, @Nullable String entry, byte @Nullable [] bytes, @Nullable String error) {
        this.file = file;
        this.entry = entry;
        this.bytes = bytes;
        this.error = error;
    }

    /**
     * One that was read.
     *
     * @param entry its name in the file; null for a picture file
     * @param bytes all of them, which are kept as they are
     */
    static SourcePicture read(String file, @Nullable String entry, byte[] bytes) {
        return new SourcePicture(file, entry, bytes, null);
    }

    /** One that cannot be read, and why. */
    static SourcePicture unreadable(String file, @Nullable String entry, String error) {
        return new SourcePicture(file, entry, null, error);
    }

    /** The file that it is, or is in. */
    String file() {
        return file;
    }

    /** Its name in that file; null for a picture file. */
    @Nullable String entry() {
        return entry;
    }

    /** All its bytes; null if they cannot be read. */
    byte @Nullable [] bytes() {
        return bytes;
    }

    /** Why they cannot; null where there are bytes. */
    @Nullable String error() {
        return error;
    }
}
