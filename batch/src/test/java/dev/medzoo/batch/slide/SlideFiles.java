package dev.medzoo.batch.slide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Files of drawn slides, for tests of other packages: a disc of tissue, 1230 x 1030 pixels. */
public final class SlideFiles {
    private SlideFiles() {}

    /**
     * A whole one.
     *
     * @param micrometres a pixel; 0 if the file shall not say so
     */
    public static Path whole(Path file, double micrometres, int seed) throws IOException {
        return new SlideWriter(
                        Coding.DEFLATE,
                        DrawnSlide.pyramid(DrawnSlide.disc(1230, 1030, new Random(seed)), 2, 3))
                .resolution(micrometres)
                .to(file);
    }

    /** One with damaged tiles in the middle of its finest level, which comes first. */
    public static Path damaged(Path file, int seed) throws IOException {
        byte[] bytes = Files.readAllBytes(whole(file, 1, seed));
        int middle = (int) (0.36 * bytes.length);
        Arrays.fill(bytes, middle, middle + 60_000, (byte) 0xff);
        return Files.write(file, bytes);
    }
}
