package dev.medzoo.translate.decode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code src/test/python/make_goldens.py} wrote. */
public final class Golden {
    private Golden() {}

    /** One of the files under {@code golden/}. */
    public static byte[] bytes(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a table, without its heading. */
    public static Stream<List<String>> rows(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(row -> List.of(row.split(",", -1)));
    }

    public static RgbPicture picture(String file, String width, String height) {
        return new RgbPicture(Integer.parseInt(width), Integer.parseInt(height), bytes(file));
    }

    /** The largest difference of two pictures of one size, in levels of 255. */
    public static int difference(RgbPicture a, RgbPicture b) {
        int largest = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return largest;
    }
}
