package dev.medzoo.translate;

import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads a whole picture file, up to a size limit. */
public final class PictureBytes {
    /** 64 MiB, also DJL Serving's limit for a request. */
    public static final int MAX_BYTES = 64 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private PictureBytes() {}

    /**
     * Reads a file.
     *
     * @throws TranslateException if it cannot be read, or is larger than 64 MiB
     */
    public static byte[] of(Path file) throws TranslateException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static byte[] of(URL address) throws TranslateException {
        try {
            URLConnection connection = address.openConnection();
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            try (InputStream in = connection.getInputStream()) {
                return of(in);
            }
        } catch (IOException e) {
            throw unreadable(address, e);
        }
    }

    /** Reads the rest of a stream. The caller closes it. */
    static byte[] of(InputStream in) throws TranslateException {
        byte[] bytes;
        try {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw unreadable("stream", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new TranslateException(
                    "picture: too many bytes (expected: at most %d)".formatted(MAX_BYTES));
        }
        return bytes;
    }

    private static TranslateException unreadable(Object source, IOException cause) {
        return new TranslateException(
                "picture: " + source + " cannot be read (" + cause + ")", cause);
    }
}
