package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    /** One of DICOM, 0.5 micrometres a pixel, in two files, with its label in a third. */
    public static void dicom(Path folder) throws IOException {
        List<RgbPicture> levels =
                DrawnSlide.pyramid(DrawnSlide.disc(300, 260, new Random(11)), 2, 2);
        for (int i = 0; i < 2; i++) {
            writer(levels.get(i), 0.5 * (1 << i)).to(folder.resolve("level-%d.dcm".formatted(i)));
        }
        writer(levels.get(1), 1)
                .saying(0x00080008, "CS", "ORIGINAL\\PRIMARY\\LABEL\\NONE")
                .to(folder.resolve("label.dcm"));
    }

    private static DicomWriter writer(RgbPicture level, double micrometres) {
        return new DicomWriter(
                DicomWriter.Syntax.JPEG, DicomWriter.Offsets.BASIC, level, micrometres);
    }

    /** One with damaged tiles in the middle of its finest level, which comes first. */
    public static Path damaged(Path file, int seed) throws IOException {
        byte[] bytes = Files.readAllBytes(whole(file, 1, seed));
        int middle = (int) (0.36 * bytes.length);
        Arrays.fill(bytes, middle, middle + 60_000, (byte) 0xff);
        return Files.write(file, bytes);
    }
}
