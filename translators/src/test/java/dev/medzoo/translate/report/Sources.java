package dev.medzoo.translate.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** What objects are made of in tests. */
final class Sources {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/dicom");
    private static final Path REPORTS = Path.of("src/test/resources/golden/report");

    private Sources() {}

    static byte[] file(String name) throws IOException {
        return Files.readAllBytes(GOLDEN.resolve(name));
    }

    static SourceInstance golden(String name) throws IOException, TranslateException {
        return new PictureDecoder().source(file(name));
    }

    /** Holds an object against a golden one, and leaves it in {@code target/report}. */
    static void assertGolden(String name, byte[] object) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/report"));
        Files.write(folder.resolve(name), object);
        assertThat(object).isEqualTo(Files.readAllBytes(REPORTS.resolve(name)));
    }

    /** Any pixels. */
    static RgbPicture drawn(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(7).nextBytes(rgb);
        return new RgbPicture(width, height, rgb);
    }
}
