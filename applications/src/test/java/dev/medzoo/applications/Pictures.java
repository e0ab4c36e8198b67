package dev.medzoo.applications;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** The files that the documents' snippets and the examples read. */
final class Pictures {
    private static final Path DRAWN =
            Ran.SOURCES.resolve("model-store/pretrained-skin/2.2.0/golden/drawn-1.png");
    private static final Path DICOM =
            Ran.SOURCES.resolve("translators/src/test/resources/golden/dicom/rgb.dcm");

    private Pictures() {}

    /**
     * Puts {@code picture.png}, {@code picture.jpg} and {@code lesion.dcm} there, and {@code
     * broken.png}, which is no picture.
     */
    static void into(Path folder) throws IOException {
        Files.copy(DRAWN, folder.resolve("picture.png"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(DICOM, folder.resolve("lesion.dcm"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("broken.png"), "no picture");
        BufferedImage read = ImageIO.read(DRAWN.toFile());
        BufferedImage rgb =
                new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        rgb.createGraphics().drawImage(read, 0, 0, null);
        ImageIO.write(rgb, "jpg", folder.resolve("picture.jpg").toFile());
    }
}
